package io.overread.dicom.pixel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bits of a JPEG-LS scan (ITU-T T.87 A.1): the most significant first, a zero bit after each
 * byte 0xFF dropped, up to the next marker. Beyond it there are zeros without end, and {@link
 * #exhausted} once any of them was taken: ask from time to time, at the latest when done.
 */
final class JpegLsBits {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final int RST0 = 0xd0;

  private final byte[] bytes;
  private final int end;
  private int position;
  private boolean stuffed;

  /** The bits to come, the next one on top; below {@link #count} of them there are zeros. */
  private long buffer;

  private int count;
  private int padding;

  JpegLsBits(JpegSegment scan) {
    this.bytes = scan.bytes();
    this.position = scan.end();
    this.end = scan.dataEnd();
  }

  /** Takes 0 to 32 bits. */
  int take(int length) {
    if (count < length) {
      refill();
    }
    int value = (int) (buffer >>> 1 >>> (Long.SIZE - 1 - length));
    buffer <<= length;
    count -= length;
    return value;
  }

  /**
   * Takes a number in the limited Golomb code of A.5.3.
   *
   * @param k how many low bits follow the unary part
   * @param escape so many zeros, 0 to 56, mean that the number follows in full
   * @param escapedBits how many bits it then has
   */
  int golomb(int k, int escape, int escapedBits) {
    if (count <= Integer.SIZE) {
      refill();
    }
    int zeros = Long.numberOfLeadingZeros(buffer);
    if (zeros >= Integer.SIZE) {
      refillByOctets();
      zeros = Long.numberOfLeadingZeros(buffer);
    }
    if (zeros >= escape) {
      skip(escape + 1);
      return take(escapedBits) + 1;
    }
    skip(zeros + 1);
    return zeros << k | take(k);
  }

  /** Whether bits were taken that the data doesn't have. */
  boolean exhausted() {
    return count < padding;
  }

  /** Refuses data that ended too early; the picture would be made up from there on. */
  void refuseExhaustion() {
    if (exhausted()) {
      throw PixelDataException.malformed("JPEG-LS scan ends before the image does");
    }
  }

  /**
   * Passes a restart marker that must come here.
   *
   * @param interval how many restart markers came before
   */
  void restart(int interval) {
    refuseExhaustion();
    if (position + 1 >= end
        || bytes[position] != -1
        || (bytes[position + 1] & 0xff) != RST0 + interval % 8) {
      throw PixelDataException.malformed("JPEG-LS restart marker expected");
    }
    position += 2;
    buffer = 0;
    count = 0;
    padding = 0;
    stuffed = false;
  }

  private void skip(int length) {
    buffer <<= length;
    count -= length;
  }

  /** Brings {@link #count} above 32, where it isn't. */
  private void refill() {
    if (!stuffed && count <= Integer.SIZE && position + Integer.BYTES <= end) {
      int word = (int) WORD.get(bytes, position);
      boolean holds255 = ((~word - 0x01010101) & word & 0x80808080) != 0;
      if (!holds255) {
        buffer |= (word & 0xffffffffL) << (Integer.SIZE - count);
        count += Integer.SIZE;
        position += Integer.BYTES;
        return;
      }
    }
    refillByOctets();
  }

  /** Brings {@link #count} above 56. */
  private void refillByOctets() {
    while (count <= Long.SIZE - Byte.SIZE) {
      int bits = stuffed ? Byte.SIZE - 1 : Byte.SIZE;
      buffer |= (long) next() << (Long.SIZE - bits - count);
      count += bits;
    }
  }

  private int next() {
    int octet = position < end ? bytes[position] & 0xff : 0xff;
    stuffed = octet == 0xff && position + 1 < end && bytes[position + 1] >= 0;
    if (octet == 0xff && !stuffed) {
      padding += Byte.SIZE;
      return 0;
    }
    position++;
    return octet;
  }
}
