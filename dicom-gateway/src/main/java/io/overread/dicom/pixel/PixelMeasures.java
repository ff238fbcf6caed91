package io.overread.dicom.pixel;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.pixel.PixelSpacing.Plane;
import java.util.Arrays;
import java.util.Optional;

/** Reads how large pixels are (PS3.3 10.7.1, C.7.6.16.2.1, C.7.6.3.1.7). */
final class PixelMeasures {
  private PixelMeasures() {}

  /**
   * Pixel Spacing before Imager Pixel Spacing before Nominal Scanned Pixel Spacing (10.7.1.3): the
   * first is the one that was corrected for magnification, if any was.
   */
  static Optional<PixelSpacing> spacing(FrameAttributes attributes) {
    DataSet dataSet = attributes.dataSet();
    return attributes
        .macro(Tag.PixelMeasuresSequence)
        .flatMap(measures -> spacing(measures, Tag.PixelSpacing, Plane.PATIENT))
        .or(() -> spacing(dataSet, Tag.PixelSpacing, planeOfPixelSpacing(dataSet)))
        .or(() -> spacing(dataSet, Tag.ImagerPixelSpacing, Plane.IMAGER))
        .or(() -> spacing(dataSet, Tag.NominalScannedPixelSpacing, Plane.SCANNED_FILM));
  }

  /**
   * A Pixel Spacing that only repeats the Imager Pixel Spacing is that of the detector, unless its
   * calibration is stated (0028,0A02).
   */
  private static Plane planeOfPixelSpacing(DataSet dataSet) {
    double[] imager = dataSet.decimals(Tag.ImagerPixelSpacing);
    boolean repeated = Arrays.equals(imager, dataSet.decimals(Tag.PixelSpacing));
    return repeated && dataSet.string(Tag.PixelSpacingCalibrationType).isEmpty()
        ? Plane.IMAGER
        : Plane.PATIENT;
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

  private static Optional<PixelSpacing> spacing(DataSet group, int tag, Plane plane) {
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
