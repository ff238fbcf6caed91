package io.overread.dicom.pixel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** RLE Lossless, PS3.5 Annex G: a byte plane for each byte of each sample, packed as PackBits. */
final class RleLossless {
  private static final int HEADER_BYTES = 64;
  private static final int MAXIMUM_SEGMENTS = 15;

  private RleLossless() {}

  /**
   * Decodes a frame.
   *
   * @param planeBytes length of each segment when unpacked
   * @param samplesPerPixel the segments come sample by sample
   * @param cellBytes the segments of a sample come from its most significant byte on
   * @return little-endian cells, the samples of a pixel next to each other
   */
  static byte[] decode(byte[] frame, int planeBytes, int samplesPerPixel, int cellBytes) {
    int[] offsets = offsets(frame, samplesPerPixel * cellBytes);
    byte[] cells = new byte[planeBytes * samplesPerPixel * cellBytes];
    for (int segment = 0; segment < offsets.length - 1; segment++) {
      int sample = segment / cellBytes;
      int octet = cellBytes - 1 - segment % cellBytes;
      int first = sample * cellBytes + octet;
      unpack(
          frame, offsets[segment], offsets[segment + 1], cells, first, samplesPerPixel * cellBytes);
    }
    return cells;
  }

  /** Where each segment starts (G.5), and after the last one where the frame ends. */
  private static int[] offsets(byte[] frame, int expected) {
    if (frame.length < HEADER_BYTES) {
      throw PixelDataException.malformed("RLE frame of " + frame.length + " bytes has no header");
    }
    ByteBuffer header = ByteBuffer.wrap(frame, 0, HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int segments = header.getInt();
    if (segments != expected || segments > MAXIMUM_SEGMENTS) {
      throw PixelDataException.malformed(
          "RLE frame of " + Integer.toUnsignedString(segments) + " segments, " + expected + " due");
    }
    int[] offsets = new int[segments + 1];
    int floor = HEADER_BYTES;
    for (int segment = 0; segment < segments; segment++) {
      offsets[segment] = header.getInt();
      if (offsets[segment] < floor || offsets[segment] > frame.length) {
        throw PixelDataException.malformed("RLE segment " + (segment + 1) + " lies outside");
      }
      floor = offsets[segment];
    }
    offsets[segments] = frame.length;
    return offsets;
  }

  /** Unpacks one segment (G.3.2) into every {@code step}th byte from {@code target} on. */
  private static void unpack(byte[] frame, int start, int end, byte[] cells, int target, int step) {
    int source = start;
    int place = target;
    while (place < cells.length) {
      if (source >= end) {
        throw PixelDataException.malformed("an RLE segment ends early");
      }
      int control = frame[source++];
      if (control >= 0) {
        if (source + control >= end) {
          throw PixelDataException.malformed("an RLE segment ends within a literal run");
        }
        for (int left = control; left >= 0 && place < cells.length; left--, place += step) {
          cells[place] = frame[source++];
        }
      } else if (control != Byte.MIN_VALUE) {
        if (source >= end) {
          throw PixelDataException.malformed("an RLE segment ends within a run");
        }
        byte repeated = frame[source++];
        for (int left = 1 - control; left > 0 && place < cells.length; left--, place += step) {
          cells[place] = repeated;
        }
      }
    }
  }
}
