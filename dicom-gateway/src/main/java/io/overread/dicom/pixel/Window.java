package io.overread.dicom.pixel;

/**
 * Window Center (0028,1050) and Window Width (0028,1051), in the modality's values, with the
 * function that they parameterize.
 */
public record Window(double center, double width, VoiLutFunction function)
    implements VoiTransformation {

  /** Refuses what C.11.2.1.2 and C.11.2.1.3 exclude; see {@link #allowed}. */
  public Window {
    if (!allowed(center, width, function)) {
      throw new IllegalArgumentException("window " + center + "\\" + width + " " + function);
    }
  }

  /** A LINEAR window. */
  public static Window linear(double center, double width) {
    return new Window(center, width, VoiLutFunction.LINEAR);
  }

  /** The LINEAR window that shows {@code lowest} black and {@code highest} white. */
  public static Window spanning(double lowest, double highest) {
    return linear((lowest + highest) / 2 + 0.5, highest - lowest + 1);
  }

  /** Whether there is such a window: finite, at least 1 wide if LINEAR, wider than 0 otherwise. */
  public static boolean allowed(double center, double width, VoiLutFunction function) {
    double least = function == VoiLutFunction.LINEAR ? 1 : Double.MIN_NORMAL;
    return Double.isFinite(center) && Double.isFinite(width) && width >= least;
  }

  @Override
  public double level(double value) {
    return function.level(value, center, width);
  }
}
