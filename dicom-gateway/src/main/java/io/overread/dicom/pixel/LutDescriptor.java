package io.overread.dicom.pixel;

import io.overread.dicom.data.DataSet;
import java.util.Optional;

/**
 * LUT Descriptor (0028,3002) and the palettes' descriptors (PS3.3 C.11.1.1.1, C.7.6.3.1.5).
 *
 * @param count number of entries, 0 for 65536
 * @param firstMapped the value that the first entry is for
 * @param bits bits of an entry
 */
record LutDescriptor(int count, int firstMapped, int bits) {
  private static final int VALUES = 3;

  /**
   * Reads a descriptor. Its VR is US or SS as the mapped values are, and in implicit VR one had to
   * be guessed: only the 16 bits count here.
   *
   * @param signed whether the first mapped value is
   */
  static Optional<LutDescriptor> read(DataSet dataSet, int tag, boolean signed) {
    long[] values = dataSet.integers(tag);
    if (values.length != VALUES) {
      return Optional.empty();
    }
    return Optional.of(
        new LutDescriptor(
            (int) values[0] & 0xffff,
            signed ? (short) values[1] : (int) values[1] & 0xffff,
            (int) values[2] & 0xffff));
  }

  LookupTable table(byte[] data) {
    return LookupTable.of(count, firstMapped, bits, data);
  }

  LookupTable segmentedTable(byte[] data) {
    return SegmentedTable.expand(count, firstMapped, bits, data);
  }
}
