package io.overread.dicom.pixel.jpeg2000;

/** The adaptive run-length decoder, MEL (T.814 7.3.3). */
final class HtRuns {
  /** Logarithms of the lengths of runs, by state (T.814 Table 2). */
  private static final byte[] RUN_BITS = {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5};

  private final RawBits bits = new RawBits();
  private int state;
  private int zeros;
  private boolean oneFollows;

  /** Starts with a range of bytes; behind its end come ones. */
  void start(byte[] bytes, int from, int to) {
    bits.start(bytes, from, to);
    state = 0;
    zeros = 0;
    oneFollows = false;
  }

  /** The next event, 0 or 1. */
  int event() {
    if (zeros == 0 && !oneFollows) {
      int size = RUN_BITS[state];
      if (bits.bit() == 1) {
        zeros = 1 << size;
        state = Math.min(state + 1, RUN_BITS.length - 1);
      } else {
        for (int index = 0; index < size; index++) {
          zeros = zeros << 1 | bits.bit();
        }
        oneFollows = true;
        state = Math.max(state - 1, 0);
      }
    }
    if (zeros > 0) {
      zeros--;
      return 0;
    }
    oneFollows = false;
    return 1;
  }
}
