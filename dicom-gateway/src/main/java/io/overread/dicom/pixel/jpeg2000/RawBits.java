package io.overread.dicom.pixel.jpeg2000;

/** Bits that bypassed the arithmetic coder (D.6): after a byte of ones, one of seven follows. */
final class RawBits {
  private static final int ONES = 0xff;

  private byte[] data = {};
  private int position;
  private int end;
  private int octet;
  private int left;

  /** Starts with a segment; behind its end come ones. */
  void start(byte[] bytes, int from, int to) {
    data = bytes;
    position = from;
    end = to;
    octet = 0;
    left = 0;
  }

  int bit() {
    if (left == 0) {
      left = octet == ONES ? 7 : 8;
      octet = position < end ? data[position++] & 0xff : ONES;
    }
    left--;
    return octet >> left & 1;
  }
}
