package io.overread.dicom.pixel;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Fragments;
import io.overread.dicom.data.Octets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the fragments of one frame of encapsulated pixel data (PS3.5 A.4) and joins them: by the
 * Extended Offset Table, else by the Basic Offset Table, else by what the fragments tell.
 */
final class EncapsulatedFrame {
  private static final int ITEM_HEADER_BYTES = 8;

  /** SOI of JPEG and JPEG-LS; SOC and SIZ of JPEG 2000. */
  private static final byte[][] STARTS = {{-1, (byte) 0xd8}, {-1, 0x4f, -1, 0x51}};

  private final List<Octets> fragments;
  private final int numberOfFrames;
  private final PixelLimits limits;

  private EncapsulatedFrame(List<Octets> fragments, int numberOfFrames, PixelLimits limits) {
    this.fragments = fragments;
    this.numberOfFrames = numberOfFrames;
    this.limits = limits;
  }

  /** The encoded bytes of frame {@code frame}, from 1 to {@code numberOfFrames}. */
  static byte[] read(
      DataSet dataSet, Fragments pixelData, int numberOfFrames, int frame, PixelLimits limits)
      throws IOException {
    var frames = new EncapsulatedFrame(pixelData.fragments(), numberOfFrames, limits);
    OffsetTable extended = OffsetTable.extended(dataSet);
    if (extended.covers(numberOfFrames)) {
      return frames.join(frames.between(extended, frame), extended.length(frame));
    }
    OffsetTable basic = OffsetTable.basic(pixelData.basicOffsetTable(), limits);
    return frames.join(
        basic.covers(numberOfFrames) ? frames.between(basic, frame) : frames.guessed(frame), -1);
  }

  private List<Octets> between(OffsetTable table, int frame) {
    List<Octets> found = new ArrayList<>();
    long position = 0;
    for (Octets fragment : fragments) {
      if (position >= table.start(frame) && position < table.end(frame)) {
        if (found.isEmpty() && position != table.start(frame)) {
          throw PixelDataException.malformed("an offset table points into a fragment");
        }
        found.add(fragment);
      }
      position += ITEM_HEADER_BYTES + (fragment.length() + 1) / 2 * 2;
    }
    return found;
  }

  /**
   * Without a table: all fragments are the only frame; as many fragments as frames are one each;
   * otherwise a frame starts with each fragment that starts as a JPEG stream does.
   */
  private List<Octets> guessed(int frame) throws IOException {
    if (numberOfFrames == 1) {
      return fragments;
    }
    if (fragments.size() == numberOfFrames) {
      return List.of(fragments.get(frame - 1));
    }
    List<Octets> found = new ArrayList<>();
    int started = 0;
    for (Octets fragment : fragments) {
      if (startsJpegStream(fragment)) {
        started++;
      }
      if (started == frame) {
        found.add(fragment);
      }
    }
    if (started != numberOfFrames) {
      throw PixelDataException.malformed(
          "%d fragments for Number of Frames %d and no offset table"
              .formatted(fragments.size(), numberOfFrames));
    }
    return found;
  }

  private static boolean startsJpegStream(Octets fragment) throws IOException {
    for (byte[] start : STARTS) {
      if (fragment.length() >= start.length
          && Arrays.equals(fragment.read(0, start.length), start)) {
        return true;
      }
    }
    return false;
  }

  private byte[] join(List<Octets> found, long told) throws IOException {
    long available = found.stream().mapToLong(Octets::length).sum();
    if (available == 0) {
      throw PixelDataException.malformed("no fragment for the frame");
    }
    long length = told >= 0 ? Math.min(told, available) : available;
    if (length > limits.maximumFrameBytes()) {
      throw PixelDataException.tooLarge("an encoded frame of " + length + " bytes");
    }
    byte[] joined = new byte[(int) length];
    int filled = 0;
    for (Octets fragment : found) {
      int wanted = (int) Math.min(fragment.length(), length - filled);
      System.arraycopy(fragment.read(0, wanted), 0, joined, filled, wanted);
      filled += wanted;
    }
    return joined;
  }
}
