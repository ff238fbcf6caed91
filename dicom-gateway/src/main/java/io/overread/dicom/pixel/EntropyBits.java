package io.overread.dicom.pixel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bits of a scan's Huffman coded data (ITU-T T.81 F.2.2.5): the most significant first, a zero
 * byte after each 0xFF dropped, up to the next marker. Beyond it there are zeros without end, and
 * {@link #exhausted} once any of them was taken: ask from time to time, at the latest when done.
 */
final class EntropyBits {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final int RST0 = 0xd0;

  private final byte[] bytes;
  private final int end;
  private int position;

  /** The bits to come, the next one on top; below {@link #count} of them there are zeros. */
  private long buffer;

  private int count;
  private int padding;

  EntropyBits(JpegSegment scan) {
    this.bytes = scan.bytes();
    this.position = scan.end();
    this.end = scan.dataEnd();
  }

  /** Makes sure of at least 33 bits: a code of 16 and the 16 that it may call for. */
  void fill() {
    if (count <= Integer.SIZE) {
      refill();
    }
  }

  /** The next 1 to 32 bits, which stay; {@link #fill} comes before. */
  int peek(int length) {
    return (int) (buffer >>> (Long.SIZE - length));
  }

  /** Passes bits that were looked at. */
  void skip(int length) {
    buffer <<= length;
    count -= length;
  }

  /** Takes 1 to 16 bits; {@link #fill} comes before. */
  int take(int length) {
    int value = peek(length);
    skip(length);
    return value;
  }

  /** Takes 1 bit, wherever. */
  int bit() {
    fill();
    return take(1);
  }

  /** RECEIVE and EXTEND (F.2.2.1): the signed number of 1 to 16 bits. */
  int signed(int length) {
    int value = take(length);
    return value < 1 << (length - 1) ? value - (1 << length) + 1 : value;
  }

  /** Whether bits were taken that the data doesn't have. */
  boolean exhausted() {
    return count < padding;
  }

  /** Refuses data that ended too early; the picture would be made up from there on. */
  void refuseExhaustion() {
    if (exhausted()) {
      throw PixelDataException.malformed("JPEG scan ends before the image does");
    }
  }

  /**
   * Passes a restart marker (F.2.2.4) that must come here, after the rest of a byte.
   *
   * @param interval how many restart markers came before
   */
  void restart(int interval) {
    refuseExhaustion();
    while (position + 1 < end && bytes[position] == -1 && bytes[position + 1] == -1) {
      position++;
    }
    if (position + 1 >= end
        || bytes[position] != -1
        || (bytes[position + 1] & 0xff) != RST0 + interval % 8) {
      throw PixelDataException.malformed("JPEG restart marker expected");
    }
    position += 2;
    buffer = 0;
    count = 0;
    padding = 0;
  }

  private void refill() {
    if (position + Integer.BYTES <= end) {
      int word = (int) WORD.get(bytes, position);
      boolean stuffed = ((~word - 0x01010101) & word & 0x80808080) != 0;
      if (!stuffed) {
        buffer |= (word & 0xffffffffL) << (Integer.SIZE - count);
        count += Integer.SIZE;
        position += Integer.BYTES;
        return;
      }
    }
    refillByOctets();
  }

  private void refillByOctets() {
    while (count <= Long.SIZE - Byte.SIZE) {
      buffer |= (long) next() << (Long.SIZE - Byte.SIZE - count);
      count += Byte.SIZE;
    }
  }

  private int next() {
    if (position < end && bytes[position] != -1) {
      return bytes[position++] & 0xff;
    }
    if (position + 1 < end && bytes[position + 1] == 0) {
      position += 2;
      return 0xff;
    }
    padding += Byte.SIZE;
    return 0;
  }
}
