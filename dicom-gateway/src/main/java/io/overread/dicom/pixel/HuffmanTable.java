package io.overread.dicom.pixel;

import java.util.Arrays;

/** A Huffman table of a JPEG stream (ITU-T T.81 Annex C), ready for decoding (F.2.2.3). */
final class HuffmanTable {
  private static final int LONGEST = 16;
  private static final int LOOKUP_BITS = 9;

  /** For each 9 bits: length times 256 plus symbol of the code they start with, or 0. */
  private final short[] lookup = new short[1 << LOOKUP_BITS];

  /** For each length: the first of 16 bits that no code up to that length starts. */
  private final int[] limits = new int[LONGEST + 1];

  /** For each length: what to add to a code to find its symbol. */
  private final int[] offsets = new int[LONGEST + 1];

  private final byte[] symbols;

  /**
   * Builds a table.
   *
   * @param lengths how many codes there are of 1 to 16 bits
   * @param symbols what they stand for, from the shortest on
   */
  HuffmanTable(int[] lengths, byte[] symbols) {
    this.symbols = symbols;
    int code = 0;
    int index = 0;
    for (int length = 1; length <= LONGEST; length++) {
      int codes = lengths[length - 1];
      if (code + codes > 1 << length) {
        throw PixelDataException.malformed("JPEG Huffman table with more codes than there are");
      }
      offsets[length] = index - code;
      for (int left = codes; left > 0; left--) {
        enter(code++, length, symbols[index++]);
      }
      limits[length] = code << (LONGEST - length);
      code <<= 1;
    }
  }

  /** Takes the next code and tells its symbol, 0 to 255; {@link EntropyBits#fill} comes before. */
  int decode(EntropyBits bits) {
    int entry = lookup[bits.peek(LOOKUP_BITS)];
    if (entry != 0) {
      bits.skip(entry >>> Byte.SIZE);
      return entry & 0xff;
    }
    return decodeLong(bits);
  }

  private int decodeLong(EntropyBits bits) {
    int code = bits.peek(LONGEST);
    for (int length = LOOKUP_BITS + 1; length <= LONGEST; length++) {
      if (code < limits[length]) {
        bits.skip(length);
        return symbols[offsets[length] + (code >>> (LONGEST - length))] & 0xff;
      }
    }
    throw PixelDataException.malformed("JPEG scan with a code that no table has");
  }

  private void enter(int code, int length, byte symbol) {
    int surplus = LOOKUP_BITS - length;
    if (surplus >= 0) {
      short entry = (short) (length << Byte.SIZE | (symbol & 0xff));
      Arrays.fill(lookup, code << surplus, (code + 1) << surplus, entry);
    }
  }
}
