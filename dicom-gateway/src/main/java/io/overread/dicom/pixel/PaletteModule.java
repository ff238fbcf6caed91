package io.overread.dicom.pixel;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;

/** Reads the Palette Color Lookup Table Module (PS3.3 C.7.9). */
final class PaletteModule {
  private PaletteModule() {}

  static Palette read(FrameAttributes attributes, ImagePixel image) {
    DataSet dataSet = attributes.dataSet();
    boolean signed = image.bits().signed();
    return new Palette(
        table(
            dataSet,
            descriptor(dataSet, Tag.RedPaletteColorLookupTableDescriptor, signed),
            Tag.RedPaletteColorLookupTableData,
            Tag.SegmentedRedPaletteColorLookupTableData),
        table(
            dataSet,
            descriptor(dataSet, Tag.GreenPaletteColorLookupTableDescriptor, signed),
            Tag.GreenPaletteColorLookupTableData,
            Tag.SegmentedGreenPaletteColorLookupTableData),
        table(
            dataSet,
            descriptor(dataSet, Tag.BluePaletteColorLookupTableDescriptor, signed),
            Tag.BluePaletteColorLookupTableData,
            Tag.SegmentedBluePaletteColorLookupTableData));
  }

  private static LutDescriptor descriptor(DataSet dataSet, int tag, boolean signed) {
    return LutDescriptor.read(dataSet, tag, signed)
        .orElseThrow(
            () -> PixelDataException.malformed("a palette without its lookup table descriptors"));
  }

  private static LookupTable table(
      DataSet dataSet, LutDescriptor descriptor, int plainTag, int segmentedTag) {
    byte[] plain = dataSet.bytes(plainTag);
    return plain.length > 0
        ? descriptor.table(plain)
        : descriptor.segmentedTable(dataSet.bytes(segmentedTag));
  }
}
