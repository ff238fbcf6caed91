package io.overread.dicom.pixel;

/**
 * The parameters of JPEG-LS coding (ITU-T T.87 C.2.4.1.1): as an LSE segment presets them, or the
 * defaults.
 *
 * @param maximum MAXVAL, the largest value of a sample
 * @param threshold1 T1, from which a gradient counts as larger than the smallest
 * @param threshold2 T2
 * @param threshold3 T3
 * @param reset RESET, the occurrences of a context after which its sums are halved
 */
record JpegLsPreset(int maximum, int threshold1, int threshold2, int threshold3, int reset) {
  /** Nothing preset. */
  static final JpegLsPreset NONE = new JpegLsPreset(0, 0, 0, 0, 0);

  private static final int PRESET_PARAMETERS = 1;
  private static final int MOST_NEAR = 255;

  /** Reads an LSE segment; refuses the kinds that are no preset parameters. */
  static JpegLsPreset read(JpegSegment segment) {
    if (segment.octet(0) != PRESET_PARAMETERS) {
      throw PixelDataException.unsupported("JPEG-LS with an LSE segment of " + segment.octet(0));
    }
    return new JpegLsPreset(
        segment.word(1), segment.word(3), segment.word(5), segment.word(7), segment.word(9));
  }

  /** With the defaults (C.2.4.1.1.1) for what is 0; refuses what is out of range (Table C.1). */
  JpegLsPreset complete(int precision, int near) {
    int largest = (1 << precision) - 1;
    int most = maximum == 0 ? largest : maximum;
    if (most > largest || near > Math.min(MOST_NEAR, most / 2)) {
      throw PixelDataException.malformed("JPEG-LS with MAXVAL " + most + ", NEAR " + near);
    }
    JpegLsPreset defaults = defaults(most, near);
    JpegLsPreset complete =
        new JpegLsPreset(
            most,
            threshold1 == 0 ? defaults.threshold1 : threshold1,
            threshold2 == 0 ? defaults.threshold2 : threshold2,
            threshold3 == 0 ? defaults.threshold3 : threshold3,
            reset == 0 ? defaults.reset : reset);
    complete.validate(near);
    return complete;
  }

  private void validate(int near) {
    if (threshold1 <= near
        || threshold2 < threshold1
        || threshold3 < threshold2
        || threshold3 > maximum
        || reset < 3
        || reset > Math.max(255, maximum)) {
      throw PixelDataException.malformed("JPEG-LS with preset parameters out of range");
    }
  }

  private static JpegLsPreset defaults(int maximum, int near) {
    int low;
    int middle;
    int high;
    if (maximum >= 128) {
      int factor = (Math.min(maximum, 4095) + 128) / 256;
      low = factor + 2 + 3 * near;
      middle = factor * 4 + 3 + 5 * near;
      high = factor * 17 + 4 + 7 * near;
    } else {
      int factor = 256 / (maximum + 1);
      low = Math.max(2, 3 / factor + 3 * near);
      middle = Math.max(3, 7 / factor + 5 * near);
      high = Math.max(4, 21 / factor + 7 * near);
    }
    int first = within(low, near + 1, maximum);
    int second = within(middle, first, maximum);
    return new JpegLsPreset(maximum, first, second, within(high, second, maximum), 64);
  }

  private static int within(int threshold, int least, int maximum) {
    return threshold < least || threshold > maximum ? least : threshold;
  }
}
