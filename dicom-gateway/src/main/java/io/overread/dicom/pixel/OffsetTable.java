package io.overread.dicom.pixel;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Octets;
import io.overread.dicom.dictionary.Tag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Where the frames of encapsulated pixel data start, in bytes from the first fragment's item tag
 * (PS3.5 A.4; PS3.3 C.7.6.3.1.8 for the extended one). It may be empty, and it may be wrong.
 */
final class OffsetTable {
  private static final int UNKNOWN_LENGTH = -1;

  private final long[] offsets;
  private final long[] lengths;

  private OffsetTable(long[] offsets, long[] lengths) {
    this.offsets = offsets;
    this.lengths = lengths;
  }

  /** The Basic Offset Table: the first item of the pixel data. */
  static OffsetTable basic(Octets item, PixelLimits limits) throws IOException {
    long length = Math.min(item.length(), limits.maximumFrameBytes());
    ByteBuffer bytes = ByteBuffer.wrap(item.read(0, (int) length)).order(ByteOrder.LITTLE_ENDIAN);
    long[] offsets = new long[bytes.remaining() / Integer.BYTES];
    Arrays.setAll(offsets, index -> Integer.toUnsignedLong(bytes.getInt(index * Integer.BYTES)));
    return new OffsetTable(offsets, new long[0]);
  }

  /** Extended Offset Table (7FE0,0001) and Extended Offset Table Lengths (7FE0,0002). */
  static OffsetTable extended(DataSet dataSet) {
    return new OffsetTable(
        veryLongs(dataSet.bytes(Tag.ExtendedOffsetTable)),
        veryLongs(dataSet.bytes(Tag.ExtendedOffsetTableLengths)));
  }

  private static long[] veryLongs(byte[] littleEndian) {
    ByteBuffer bytes = ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN);
    long[] values = new long[littleEndian.length / Long.BYTES];
    Arrays.setAll(values, index -> bytes.getLong(index * Long.BYTES));
    return values;
  }

  /** Whether the table starts at 0, only grows, and has an entry for each frame. */
  boolean covers(int numberOfFrames) {
    if (offsets.length != numberOfFrames || offsets[0] != 0) {
      return false;
    }
    for (int index = 1; index < offsets.length; index++) {
      if (offsets[index] <= offsets[index - 1]) {
        return false;
      }
    }
    return true;
  }

  /** Where frame {@code frame}, counted from 1, starts. */
  long start(int frame) {
    return offsets[frame - 1];
  }

  /** Where it ends, or {@link Long#MAX_VALUE} for the last one. */
  long end(int frame) {
    return frame < offsets.length ? offsets[frame] : Long.MAX_VALUE;
  }

  /** How many of its bytes count, where the table tells; otherwise all. */
  long length(int frame) {
    boolean told = lengths.length == offsets.length && frame <= lengths.length;
    return told && lengths[frame - 1] > 0 ? lengths[frame - 1] : UNKNOWN_LENGTH;
  }
}
