package io.overread.dicom.data;

import io.overread.dicom.dictionary.Tag;
import java.io.IOException;

/**
 * The start of an item, or the end of an item or a sequence (PS3.5 7.5): a tag and a 32-bit length.
 *
 * @param length of the item in bytes, or {@link ElementHeader#UNDEFINED}
 */
record Delimiter(int tag, long length) {

  /** Of a delimiter itself. */
  static final int LENGTH = 8;

  boolean isUndefinedLength() {
    return length == ElementHeader.UNDEFINED;
  }

  /**
   * @param sequenceTag what is being read, for messages
   * @param end where the sequence, or what encloses it, ends
   */
  static Delimiter read(DicomInput input, int sequenceTag, Encoding encoding, long end)
      throws IOException {
    long start = input.position();
    if (end - start < LENGTH) {
      throw new DicomFormatException(sequenceTag, start, "the sequence is not delimited");
    }
    int tag = input.tag(encoding.byteOrder(), sequenceTag);
    Delimiter delimiter = new Delimiter(tag, input.unsignedInt(encoding.byteOrder(), sequenceTag));
    if (tag == Tag.Item
        && !delimiter.isUndefinedLength()
        && delimiter.length() > end - input.position()) {
      throw new DicomFormatException(
          sequenceTag,
          start,
          "an item of %d bytes exceeds what holds it".formatted(delimiter.length()));
    }
    return delimiter;
  }
}
