package io.overread.dicom.pixel;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import java.util.Optional;

/** Reads how large pixels are (PS3.3 10.7.1, C.7.6.16.2.1, C.7.6.3.1.7). */
final class PixelMeasures {
  private PixelMeasures() {}

  static Optional<PixelSpacing> spacing(FrameAttributes attributes) {
    DataSet dataSet = attributes.dataSet();
    return spacing(
            attributes.group(Tag.PixelMeasuresSequence),
            Tag.PixelSpacing,
            PixelSpacing.Plane.PATIENT)
        .or(() -> spacing(dataSet, Tag.PixelSpacing, PixelSpacing.Plane.PATIENT))
        .or(() -> spacing(dataSet, Tag.ImagerPixelSpacing, PixelSpacing.Plane.IMAGER));
  }

  /** Height of a pixel divided by its width. */
  static double aspectRatio(FrameAttributes attributes) {
    Optional<PixelSpacing> spacing = spacing(attributes);
    if (spacing.isPresent()) {
      return spacing.get().row() / spacing.get().column();
    }
    double[] ratio = attributes.dataSet().decimals(Tag.PixelAspectRatio);
    return ratio.length == 2 && positive(ratio) ? ratio[0] / ratio[1] : 1;
  }

  private static Optional<PixelSpacing> spacing(DataSet group, int tag, PixelSpacing.Plane plane) {
    double[] values = group.decimals(tag);
    return values.length == 2 && positive(values)
        ? Optional.of(new PixelSpacing(values[0], values[1], plane))
        : Optional.empty();
  }

  private static boolean positive(double[] values) {
    for (double value : values) {
      if (!(value > 0 && Double.isFinite(value))) {
        return false;
      }
    }
    return true;
  }
}
