package io.overread.dicom.toolkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Frames of 16 by 8 pixels of 16 bits in RLE (PS3.5 G), literal runs alone. */
final class RleFrame {
  private static final int PIXELS = 16 * 8;

  private RleFrame() {}

  /** Frame {@code index}, from 0, of little endian words. */
  static byte[] of(byte[] littleEndian, int index) {
    ByteBuffer coded =
        ByteBuffer.allocate(64 + 2 * (PIXELS + 1) + 2).order(ByteOrder.LITTLE_ENDIAN);
    coded.putInt(2).putInt(64).putInt(64 + PIXELS + 2).position(64);
    for (int high = 1; high >= 0; high--) {
      coded.put((byte) (PIXELS - 1));
      for (int i = 0; i < PIXELS; i++) {
        coded.put(littleEndian[(index * PIXELS + i) * 2 + high]);
      }
      coded.put((byte) -128); // No operation; makes the segment even.
    }
    return coded.array();
  }
}
