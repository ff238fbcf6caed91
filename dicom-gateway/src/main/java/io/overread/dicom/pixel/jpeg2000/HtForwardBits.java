package io.overread.dicom.pixel.jpeg2000;

/**
 * Bits from the lowest of a byte up, a byte after one of ones having seven (T.814 7.1).
 */
final class HtForwardBits {
  private static final int ONES = 0xff;

  /** What comes behind the end: ones or zeros. */
  private final int beyond;

  private byte[] data = {};
  private int position;
  private int end;
  private long bits;
  private int available;
  private boolean stuffed;

  HtForwardBits(boolean ones) {
    beyond = ones ? ONES : 0;
  }

  void start(byte[] bytes, int from, int to) {
    data = bytes;
    position = from;
    end = to;
    bits = 0;
    available = 0;
    stuffed = false;
  }

  /** The next bits, up to 31 of them, the first one lowest. */
  int take(int count) {
    if (available < count) {
      fill();
    }
    int value = (int) bits & (1 << count) - 1;
    bits >>>= count;
    available -= count;
    return value;
  }

  private void fill() {
    while (available <= Long.SIZE - 2 * Byte.SIZE) {
      int octet = position < end ? data[position++] & 0xff : beyond;
      int size = stuffed ? 7 : 8;
      bits |= (long) (octet & (1 << size) - 1) << available;
      available += size;
      stuffed = octet == ONES;
    }
  }
}
