package io.overread.dicom.pixel;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the grayscale transformations that images and presentation states describe alike: the
 * Modality LUT (PS3.3 C.11.1), VOI LUT (C.11.2) and Presentation LUT (C.11.6) modules.
 */
public final class LookupTables {
  private LookupTables() {}

  /**
   * Modality LUT Sequence, else Rescale Slope and Intercept, else nothing.
   *
   * @param signed whether stored values are
   * @return empty for a table that can't be read, too
   */
  public static Optional<ModalityTransformation> modality(DataSet dataSet, boolean signed) {
    try {
      Optional<DataSet> lut = dataSet.item(Tag.ModalityLUTSequence);
      if (lut.isPresent()) {
        return Optional.of(new ModalityTransformation.Table(table(lut.get(), signed)));
      }
      return dataSet.contains(Tag.RescaleSlope) || dataSet.contains(Tag.RescaleIntercept)
          ? Optional.of(rescale(dataSet))
          : Optional.empty();
    } catch (PixelDataException malformed) {
      return Optional.empty();
    }
  }

  /**
   * The first window that the standard allows, else the first VOI LUT.
   *
   * @param signed whether the modality's values can be negative
   * @return empty for a table that can't be read, too
   */
  public static Optional<VoiTransformation> voi(DataSet dataSet, boolean signed) {
    try {
      Optional<VoiTransformation> window = window(dataSet);
      return window.isPresent() ? window : voiTable(dataSet, signed);
    } catch (PixelDataException malformed) {
      return Optional.empty();
    }
  }

  /** The item of a LUT sequence as a table; empty if it can't be read. */
  public static Optional<LookupTable> readable(DataSet item) {
    try {
      return Optional.of(table(item, false));
    } catch (PixelDataException malformed) {
      return Optional.empty();
    }
  }

  static ModalityTransformation.Rescale rescale(DataSet dataSet) {
    return new ModalityTransformation.Rescale(
        dataSet.decimal(Tag.RescaleSlope).orElse(1),
        dataSet.decimal(Tag.RescaleIntercept).orElse(0));
  }

  static Optional<VoiTransformation> window(DataSet group) {
    double[] centers = group.decimals(Tag.WindowCenter);
    double[] widths = group.decimals(Tag.WindowWidth);
    VoiLutFunction function =
        group
            .string(Tag.VOILUTFunction)
            .map(name -> name.toUpperCase(Locale.ROOT))
            .flatMap(LookupTables::function)
            .orElse(VoiLutFunction.LINEAR);
    for (int index = 0; index < Math.min(centers.length, widths.length); index++) {
      if (Window.allowed(centers[index], widths[index], function)) {
        return Optional.of(new Window(centers[index], widths[index], function));
      }
    }
    return Optional.empty();
  }

  static Optional<VoiTransformation> voiTable(DataSet dataSet, boolean signed) {
    return dataSet
        .item(Tag.VOILUTSequence)
        .map(item -> new VoiTransformation.Table(table(item, signed)));
  }

  static LookupTable table(DataSet item, boolean signed) {
    LutDescriptor descriptor =
        LutDescriptor.read(item, Tag.LUTDescriptor, signed)
            .orElseThrow(() -> PixelDataException.malformed("LUT Descriptor is missing"));
    return descriptor.table(item.bytes(Tag.LUTData));
  }

  private static Optional<VoiLutFunction> function(String name) {
    return Arrays.stream(VoiLutFunction.values())
        .filter(function -> function.name().equals(name))
        .findFirst();
  }
}
