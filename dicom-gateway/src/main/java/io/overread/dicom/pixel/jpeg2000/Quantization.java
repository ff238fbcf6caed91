package io.overread.dicom.pixel.jpeg2000;

/**
 * A QCD or QCC marker segment (A.6.4).
 *
 * @param style 0 none, 1 derived from the one step given, 2 a step for each sub-band
 * @param steps exponents in the upper bits, mantissas in the lower 11
 */
record Quantization(int style, int guardBits, int[] steps) {
  private static final int NONE = 0;
  private static final int DERIVED = 1;
  private static final int EXPOUNDED = 2;
  private static final int MANTISSA_BITS = 11;
  private static final int MOST_STEPS = 3 * CodingStyle.MOST_LEVELS + 1;

  static Quantization read(Octets segment) {
    int kind = segment.octet();
    int style = kind & 0x1f;
    int size = style == NONE ? 1 : 2;
    int count = segment.left() / size;
    if (style > EXPOUNDED || count == 0 || count > MOST_STEPS) {
      throw CodestreamException.malformed("quantization style " + style);
    }
    int[] steps = new int[style == DERIVED ? 1 : count];
    for (int index = 0; index < steps.length; index++) {
      steps[index] = style == NONE ? segment.octet() >> 3 << MANTISSA_BITS : segment.word();
    }
    return new Quantization(style, kind >> 5, steps);
  }

  /**
   * The exponent of a sub-band (E-5).
   *
   * @param band 0 for LL, then HL, LH, HH from the lowest resolution on
   */
  int exponent(int band) {
    int exponent = step(band) >> MANTISSA_BITS;
    if (style == DERIVED && band > 0) {
      return Math.max(0, exponent - (band - 1) / 3);
    }
    return exponent;
  }

  /** The mantissa of a sub-band, of 11 bits. */
  int mantissa(int band) {
    return step(band) & ((1 << MANTISSA_BITS) - 1);
  }

  private int step(int band) {
    if (style == DERIVED) {
      return steps[0];
    }
    if (band >= steps.length) {
      throw CodestreamException.malformed("quantization of " + steps.length + " sub-bands only");
    }
    return steps[band];
  }
}
