package io.overread.dicom.data;

import java.io.IOException;

/**
 * What precedes a value: tag, representation and length (PS3.5 7.1).
 *
 * @param length in bytes, or {@link #UNDEFINED}
 */
record ElementHeader(int tag, Vr vr, long length) {

  static final long UNDEFINED = 0xFFFF_FFFFL;

  boolean isUndefinedLength() {
    return length == UNDEFINED;
  }

  /**
   * Reads representation and length after a tag.
   *
   * @param end where the enclosing item or input ends: tells which reading of a broken header is
   *     possible
   */
  static ElementHeader read(DicomInput input, int tag, Encoding encoding, DataSet dataSet, long end)
      throws IOException {
    if (!encoding.explicitVr()) {
      long length = input.unsignedInt(encoding.byteOrder(), tag);
      return new ElementHeader(tag, VrLookup.of(tag, dataSet), length);
    }
    byte[] letters = input.bytes(2, tag);
    int code = (letters[0] & 0xFF) << 8 | (letters[1] & 0xFF);
    Vr vr = Vr.ofCode(code).orElse(null);
    if (vr == null) {
      return recover(input, tag, letters, encoding, dataSet, end);
    }
    if (vr.hasLongLength()) {
      input.skip(2, tag);
      return new ElementHeader(tag, vr, input.unsignedInt(encoding.byteOrder(), tag));
    }
    return new ElementHeader(tag, vr, input.unsignedShort(encoding.byteOrder(), tag));
  }

  /**
   * Writers are known to invent representations, to leave them blank, and to fall back to implicit
   * VR in the middle of a data set. A representation added to the standard later has a 32-bit
   * length (PS3.5 6.2); otherwise the reading that stays within the enclosing item is taken.
   */
  private static ElementHeader recover(
      DicomInput input, int tag, byte[] letters, Encoding encoding, DataSet dataSet, long end)
      throws IOException {
    Vr vr = VrLookup.of(tag, dataSet);
    byte[] next = input.bytes(2, tag);
    if (isUpperCase(letters[0]) && isUpperCase(letters[1])) {
      if (next[0] == 0 && next[1] == 0) {
        return new ElementHeader(tag, vr, input.unsignedInt(encoding.byteOrder(), tag));
      }
    } else if (!isPlaceholder(letters) || (next[0] == 0 && next[1] == 0)) {
      long implicitLength = encoding.unsigned(letters[0], letters[1], next[0], next[1]);
      if (implicitLength == UNDEFINED || implicitLength <= end - input.position()) {
        return new ElementHeader(tag, vr, implicitLength);
      }
    }
    return new ElementHeader(tag, vr, encoding.unsigned(next[0], next[1]));
  }

  private static boolean isUpperCase(byte letter) {
    return letter >= 'A' && letter <= 'Z';
  }

  /** Such as two blanks or question marks: characters where an implicit length would be bytes. */
  private static boolean isPlaceholder(byte[] letters) {
    return letters[0] >= ' ' && letters[1] >= ' ';
  }
}
