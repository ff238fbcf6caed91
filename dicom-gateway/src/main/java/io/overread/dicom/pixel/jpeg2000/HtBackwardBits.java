package io.overread.dicom.pixel.jpeg2000;

/**
 * Bits of bytes from the last to the first, from the lowest of a byte up; seven ones have only
 * these where the byte behind is above 0x8f (T.814 7.1). Zeros come beyond the start.
 */
final class HtBackwardBits {
  private static final int SEVEN_ONES = 0x7f;
  private static final int LARGEST_UNSTUFFED = 0x8f;

  private byte[] data = {};
  private int position;
  private int start;
  private long bits;
  private int available;
  private boolean stuffing;

  /** Starts with the upper half of the last byte; the lower one belongs to a length. */
  void startWithHalf(byte[] bytes, int from, int to) {
    start(bytes, from, to - 1);
    int last = bytes[to - 1] & 0xff;
    bits = last >> 4;
    available = (bits & 7) == 7 ? 3 : 4;
    bits &= (1 << available) - 1;
    stuffing = (last | 0xf) > LARGEST_UNSTUFFED;
  }

  void start(byte[] bytes, int from, int to) {
    data = bytes;
    start = from;
    position = to;
    bits = 0;
    available = 0;
    stuffing = true;
  }

  /** The next bits without taking them, at least 32, the first one lowest. */
  int peek() {
    if (available < Integer.SIZE) {
      fill();
    }
    return (int) bits;
  }

  /** Leaves out bits that were looked at. */
  void skip(int count) {
    bits >>>= count;
    available -= count;
  }

  int take(int count) {
    int value = peek() & (1 << count) - 1;
    skip(count);
    return value;
  }

  private void fill() {
    while (available <= Long.SIZE - 2 * Byte.SIZE) {
      int octet = position > start ? data[--position] & 0xff : 0;
      int size = stuffing && (octet & SEVEN_ONES) == SEVEN_ONES ? 7 : 8;
      bits |= (long) (octet & (1 << size) - 1) << available;
      available += size;
      stuffing = octet > LARGEST_UNSTUFFED;
    }
  }
}
