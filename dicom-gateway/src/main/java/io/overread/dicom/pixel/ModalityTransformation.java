package io.overread.dicom.pixel;

/** From stored values to the modality's own, such as Hounsfield units (PS3.3 C.11.1). */
public sealed interface ModalityTransformation {
  /** The modality's value of a stored one. */
  double apply(long stored);

  /** Rescale Slope (0028,1053) and Rescale Intercept (0028,1052). */
  record Rescale(double slope, double intercept) implements ModalityTransformation {
    /** Refuses figures that would lose the image. */
    public Rescale {
      if (!Double.isFinite(slope) || !Double.isFinite(intercept) || slope == 0) {
        throw PixelDataException.malformed("Rescale Slope " + slope + ", Intercept " + intercept);
      }
    }

    @Override
    public double apply(long stored) {
      return stored * slope + intercept;
    }
  }

  /** The Modality LUT Sequence (0028,3000). */
  record Table(LookupTable table) implements ModalityTransformation {
    @Override
    public double apply(long stored) {
      return table.map(stored);
    }
  }
}
