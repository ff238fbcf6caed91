package io.overread.dicom.pixel.jpeg2000;

/** The adaptive run-length decoder, MEL (T.814 7.1.3, 7.3.3). */
final class HtRuns {
  private static final int ONES = 0xff;

  /** Logarithms of the lengths of runs, by state (T.814 Table 2). */
  private static final byte[] RUN_BITS = {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5};

  private byte[] data = {};
  private int position;
  private int end;
  private int octet;
  private int left;
  private int state;
  private int zeros;
  private boolean oneFollows;

  /** Starts; of the last byte the lower half belongs to a length and counts as ones. */
  void start(byte[] bytes, int from, int to) {
    data = bytes;
    position = from;
    end = to;
    octet = 0;
    left = 0;
    state = 0;
    zeros = 0;
    oneFollows = false;
  }

  /** The next event, 0 or 1. */
  int event() {
    if (zeros == 0 && !oneFollows) {
      int size = RUN_BITS[state];
      if (bit() == 1) {
        zeros = 1 << size;
        state = Math.min(state + 1, RUN_BITS.length - 1);
      } else {
        for (int index = 0; index < size; index++) {
          zeros = zeros << 1 | bit();
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

  private int bit() {
    if (left == 0) {
      left = octet == ONES ? 7 : 8;
      octet = position < end ? data[position++] & 0xff : ONES;
      if (position == end) {
        octet |= 0xf;
      }
    }
    left--;
    return octet >> left & 1;
  }
}
