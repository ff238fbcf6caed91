package io.overread.dicom.data;

import java.nio.ByteOrder;

/** The part of a transfer syntax that decides how one element is laid out. */
record Encoding(boolean explicitVr, ByteOrder byteOrder) {

  /** Of the items of a UN value of undefined length, whatever encloses it (PS3.5 6.2.2). */
  static final Encoding IMPLICIT_LITTLE_ENDIAN = new Encoding(false, ByteOrder.LITTLE_ENDIAN);

  static Encoding of(TransferSyntax transferSyntax) {
    return new Encoding(transferSyntax.explicitVr(), transferSyntax.byteOrder());
  }

  /** The items of a sequence are laid out as the data set is, unless the sequence stands as UN. */
  Encoding ofItems(Vr vr) {
    return vr == Vr.UN ? IMPLICIT_LITTLE_ENDIAN : this;
  }

  int unsigned(byte first, byte second) {
    return byteOrder == ByteOrder.BIG_ENDIAN
        ? (first & 0xFF) << 8 | (second & 0xFF)
        : (second & 0xFF) << 8 | (first & 0xFF);
  }

  long unsigned(byte first, byte second, byte third, byte fourth) {
    long one = unsigned(first, second);
    long two = unsigned(third, fourth);
    return byteOrder == ByteOrder.BIG_ENDIAN ? one << 16 | two : two << 16 | one;
  }

  /** Reverses the bytes of every word, in place; a rest shorter than a word stays as it is. */
  static void reverseWords(byte[] bytes, int count, int wordLength) {
    for (int word = 0; word + wordLength <= count; word += wordLength) {
      for (int low = word, high = word + wordLength - 1; low < high; low++, high--) {
        byte held = bytes[low];
        bytes[low] = bytes[high];
        bytes[high] = held;
      }
    }
  }
}
