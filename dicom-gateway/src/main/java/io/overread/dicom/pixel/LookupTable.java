package io.overread.dicom.pixel;

/**
 * A table as the Modality and VOI LUT Sequences and the palettes hold it (PS3.3 C.11.1.1, C.11.2.1,
 * C.7.6.3.1.5): the values below the first mapped one get the first entry, those beyond the last
 * entry get the last.
 */
public final class LookupTable {
  private final int firstMapped;
  private final int bits;
  private final char[] entries;

  private LookupTable(int firstMapped, int bits, char[] entries) {
    this.firstMapped = firstMapped;
    this.bits = bits;
    this.entries = entries;
  }

  /**
   * Makes a table of the three values of its descriptor and of its data.
   *
   * @param count number of entries; 0 stands for 65536
   * @param firstMapped the value that the first entry is for
   * @param bits bits of an entry, 8 to 16
   * @param data little-endian entries of two bytes, or of one where there are only as many bytes
   */
  public static LookupTable of(int count, int firstMapped, int bits, byte[] data) {
    int length = count == 0 ? 1 << Short.SIZE : count;
    boolean octets = data.length < 2 * length;
    if (length < 0 || length > 1 << Short.SIZE || (octets && data.length < length)) {
      throw PixelDataException.malformed(
          "a lookup table of %d entries in %d bytes".formatted(length, data.length));
    }
    char[] entries = new char[length];
    for (int index = 0; index < length; index++) {
      int low = data[octets ? index : 2 * index] & 0xff;
      int high = octets ? 0 : data[2 * index + 1] & 0xff;
      entries[index] = (char) (high << Byte.SIZE | low);
    }
    return ofEntries(firstMapped, bits, entries);
  }

  /** A table of entries; {@code bits} grows to what the largest entry needs. */
  static LookupTable ofEntries(int firstMapped, int bits, char[] entries) {
    if (bits < 1 || bits > Short.SIZE || entries.length == 0) {
      throw PixelDataException.malformed("a lookup table with entries of " + bits + " bits");
    }
    int largest = 0;
    for (char entry : entries) {
      largest = Math.max(largest, entry);
    }
    return new LookupTable(
        firstMapped, Math.max(bits, Integer.SIZE - Integer.numberOfLeadingZeros(largest)), entries);
  }

  /** The entry for a value. */
  public int map(long value) {
    long index = value - firstMapped;
    return entries[(int) Math.clamp(index, 0, entries.length - 1)];
  }

  /** How many entries there are. */
  int size() {
    return entries.length;
  }

  /** An entry, counted from 0. */
  int entry(int index) {
    return entries[index];
  }

  /** Bits of an entry: the range of the output is 0 to 2^bits - 1. */
  public int bits() {
    return bits;
  }

  /** The highest value that an entry can have. */
  public int maximum() {
    return (1 << bits) - 1;
  }
}
