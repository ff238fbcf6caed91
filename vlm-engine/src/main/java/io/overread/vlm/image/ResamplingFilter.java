package io.overread.vlm.image;

/**
 * The filters of Pillow, with its numbers for the {@code resample} entry of a preprocessor's file.
 */
public enum ResamplingFilter {
  /** The pixel under the centre. */
  NEAREST(0, 0),
  /** Three lobes of a windowed sinc. */
  LANCZOS(1, 3),
  /** A triangle. */
  BILINEAR(2, 1),
  /** Keys' cubic with a = -0.5. */
  BICUBIC(3, 2),
  /** The mean. */
  BOX(4, 0.5),
  /** A windowed sinc as wide as the triangle. */
  HAMMING(5, 1);

  private final int code;
  private final double support;

  ResamplingFilter(int code, double support) {
    this.code = code;
    this.support = support;
  }

  /** The filter with Pillow's number. */
  public static ResamplingFilter ofCode(int code) {
    for (ResamplingFilter filter : values()) {
      if (filter.code == code) {
        return filter;
      }
    }
    throw new IllegalArgumentException("no resampling filter has the number " + code);
  }

  double support() {
    return support;
  }

  double weight(double distance) {
    double x = Math.abs(distance);
    return switch (this) {
      case NEAREST -> throw new IllegalStateException("nearest has no weights");
      case BOX -> distance > -0.5 && distance <= 0.5 ? 1 : 0;
      case BILINEAR -> x < 1 ? 1 - x : 0;
      case HAMMING -> hamming(x);
      case BICUBIC -> cubic(x);
      case LANCZOS -> distance >= -3 && distance < 3 ? sinc(distance) * sinc(distance / 3) : 0;
    };
  }

  private static double hamming(double x) {
    if (x == 0) {
      return 1;
    }
    if (x >= 1) {
      return 0;
    }
    double angle = x * Math.PI;
    return Math.sin(angle) / angle * (0.54 + 0.46 * Math.cos(angle));
  }

  private static double cubic(double x) {
    double a = -0.5;
    if (x < 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
  }

  private static double sinc(double x) {
    if (x == 0) {
      return 1;
    }
    double angle = x * Math.PI;
    return Math.sin(angle) / angle;
  }
}
