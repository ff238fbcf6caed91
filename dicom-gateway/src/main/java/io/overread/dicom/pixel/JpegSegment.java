package io.overread.dicom.pixel;

/**
 * One marker segment of a JPEG stream (ITU-T T.81 B.1.1.4); of a scan, its entropy-coded data too.
 *
 * @param bytes the whole stream
 * @param marker the second byte of the marker
 * @param body where the parameters start, after the length
 * @param end where they end; of a scan, where its data starts
 * @param dataEnd where a scan's data ends, with the restart markers in it; else {@code end}
 */
record JpegSegment(byte[] bytes, int marker, int body, int end, int dataEnd) {

  /** How many bytes of parameters there are. */
  int length() {
    return end - body;
  }

  /** A parameter byte; refuses to look beyond the segment. */
  int octet(int index) {
    if (index >= length()) {
      throw PixelDataException.malformed("JPEG marker segment that is too short");
    }
    return bytes[body + index] & 0xff;
  }

  /** A parameter of 16 bits. */
  int word(int index) {
    return octet(index) << Byte.SIZE | octet(index + 1);
  }
}
