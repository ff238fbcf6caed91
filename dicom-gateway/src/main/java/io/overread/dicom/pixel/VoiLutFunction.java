package io.overread.dicom.pixel;

/** VOI LUT Function (0028,1056), PS3.3 C.11.2.1.2 and C.11.2.1.3. */
public enum VoiLutFunction {
  /** C.11.2.1.2.1; the default. */
  LINEAR {
    @Override
    double level(double value, double center, double width) {
      return clamped((value - (center - 0.5)) / (width - 1) + 0.5, value > center - 0.5);
    }
  },
  /** C.11.2.1.3.2. */
  LINEAR_EXACT {
    @Override
    double level(double value, double center, double width) {
      return clamped((value - center) / width + 0.5, value > center);
    }
  },
  /** C.11.2.1.3.1. */
  SIGMOID {
    @Override
    double level(double value, double center, double width) {
      return 1 / (1 + Math.exp(-4 * (value - center) / width));
    }
  };

  /** The output for a value, from 0 (the minimum) to 1 (the maximum). */
  abstract double level(double value, double center, double width);

  /** A window of width 1 is a threshold: there the quotient is infinite, or no number at all. */
  private static double clamped(double level, boolean above) {
    return Double.isNaN(level) ? (above ? 1 : 0) : Math.clamp(level, 0, 1);
  }
}
