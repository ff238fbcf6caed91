package io.overread.dicom.pixel;

/**
 * Expands Segmented Palette Color Lookup Table Data (PS3.3 C.7.9.2): discrete runs, lines, and
 * copies of segments that came before.
 */
final class SegmentedTable {
  private static final int DISCRETE = 0;
  private static final int LINEAR = 1;
  private static final int INDIRECT = 2;

  private final boolean octets;
  private final char[] words;
  private final char[] entries;
  private int filled;

  private SegmentedTable(boolean octets, byte[] data, int length) {
    this.octets = octets;
    this.words = octets ? bytes(data) : words(data);
    this.entries = new char[length];
  }

  /**
   * Expands segments of 16 bit words, or of bytes where the table's entries have 8 bits.
   *
   * @param count number of entries of the table, 0 for 65536
   */
  static LookupTable expand(int count, int firstMapped, int bits, byte[] data) {
    SegmentedTable table =
        new SegmentedTable(
            bits <= Byte.SIZE, data, count == 0 ? 1 << Short.SIZE : Math.max(count, 0));
    table.expand(0, Integer.MAX_VALUE, false);
    if (table.filled < table.entries.length) {
      throw PixelDataException.malformed("a segmented palette that ends early");
    }
    return LookupTable.ofEntries(firstMapped, bits, table.entries);
  }

  /** Expands segments from a position on; within an indirect segment no other is allowed. */
  private void expand(int start, int segments, boolean indirect) {
    int at = start;
    for (int left = segments;
        left > 0 && at + 1 < words.length && filled < entries.length;
        left--) {
      int operation = words[at++];
      int length = words[at++];
      switch (operation) {
        case DISCRETE -> {
          for (int taken = 0; taken < length; taken++) {
            put(word(at++));
          }
        }
        case LINEAR -> line(length, word(at++));
        case INDIRECT -> {
          if (indirect) {
            throw PixelDataException.malformed("a segmented palette that refers to a reference");
          }
          long offset = offset(at);
          at += offsetWords();
          int wordBytes = octets ? Byte.BYTES : Short.BYTES;
          if (offset / wordBytes > words.length || offset % wordBytes != 0) {
            throw PixelDataException.malformed("a segmented palette that refers beyond its end");
          }
          expand((int) (offset / wordBytes), length, true);
        }
        default ->
            throw PixelDataException.malformed("a segmented palette with operation " + operation);
      }
    }
  }

  /** Where the segments to copy start, in bytes from the start, least significant part first. */
  private long offset(int at) {
    long offset = 0;
    for (int part = offsetWords() - 1; part >= 0; part--) {
      offset = offset << (Integer.SIZE / offsetWords()) | word(at + part);
    }
    return offset;
  }

  private int offsetWords() {
    return octets ? Integer.BYTES : Integer.BYTES / Short.BYTES;
  }

  private void line(int length, int last) {
    if (filled == 0) {
      throw PixelDataException.malformed("a segmented palette that starts with a line");
    }
    int first = entries[filled - 1];
    for (int step = 1; step <= length; step++) {
      put((int) Math.round(first + (double) (last - first) * step / length));
    }
  }

  private void put(int entry) {
    if (filled < entries.length) {
      entries[filled++] = (char) entry;
    }
  }

  private int word(int at) {
    if (at >= words.length) {
      throw PixelDataException.malformed("a segmented palette that ends within a segment");
    }
    return words[at];
  }

  private static char[] words(byte[] data) {
    char[] words = new char[data.length / 2];
    for (int index = 0; index < words.length; index++) {
      words[index] = (char) ((data[2 * index + 1] & 0xff) << Byte.SIZE | (data[2 * index] & 0xff));
    }
    return words;
  }

  private static char[] bytes(byte[] data) {
    char[] words = new char[data.length];
    for (int index = 0; index < words.length; index++) {
      words[index] = (char) (data[index] & 0xff);
    }
    return words;
  }
}
