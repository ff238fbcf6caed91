package io.overread.dicom.pixel;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.DataElementDictionary;
import io.overread.dicom.dictionary.Tag;

/** Reads the Image Pixel Module (PS3.3 C.7.6.3) of a data set. */
final class ImagePixelModule {
  private ImagePixelModule() {}

  static ImagePixel read(DataSet dataSet) {
    String interpretation =
        dataSet
            .string(Tag.PhotometricInterpretation)
            .orElseThrow(
                () -> PixelDataException.malformed("Photometric Interpretation is missing"));
    PhotometricInterpretation photometric =
        PhotometricInterpretation.of(interpretation)
            .orElseThrow(
                () ->
                    PixelDataException.unsupported(
                        "Photometric Interpretation " + printable(interpretation)));
    return new ImagePixel(
        required(dataSet, Tag.Rows),
        required(dataSet, Tag.Columns),
        dataSet.integer(Tag.SamplesPerPixel).orElse(photometric.samplesPerPixel()),
        photometric,
        dataSet.integer(Tag.PlanarConfiguration).orElse(0) == 1,
        bits(dataSet));
  }

  /** Number of Frames (0028,0008); an image without it is a single frame. */
  static int numberOfFrames(DataSet dataSet) {
    return Math.max(1, dataSet.integer(Tag.NumberOfFrames).orElse(1));
  }

  private static StoredBits bits(DataSet dataSet) {
    int allocated = required(dataSet, Tag.BitsAllocated);
    int stored = dataSet.integer(Tag.BitsStored).orElse(allocated);
    return new StoredBits(
        allocated,
        stored,
        dataSet.integer(Tag.HighBit).orElse(stored - 1),
        dataSet.integer(Tag.PixelRepresentation).orElse(0) == 1);
  }

  private static int required(DataSet dataSet, int tag) {
    return dataSet
        .integer(tag)
        .orElseThrow(
            () -> PixelDataException.malformed(DataElementDictionary.keyword(tag) + " is missing"));
  }

  /** A code string may hold anything in a hostile file; a reason must not. */
  private static String printable(String value) {
    return value.length() <= 16 && value.matches("[A-Z0-9_ ]+") ? value : "of an unknown kind";
  }
}
