package io.overread.dicom.data;

/**
 * Bytes that are not a DICOM data set, or exceed a {@link ReadLimits limit}. Fatal: reading the
 * same bytes again ends the same way. The message carries no value of the data set.
 */
public final class DicomFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int tag;
  private final long offset;

  /**
   * @param tag the data element being read, 0 where none was known yet
   * @param offset in bytes from the start of the input; within the inflated bytes for a deflated
   *     one
   */
  public DicomFormatException(int tag, long offset, String problem) {
    super("%s at byte %d: %s".formatted(TagNumber.toString(tag), offset, problem));
    this.tag = tag;
    this.offset = offset;
  }

  /** The data element being read, 0 where none was known yet. */
  public int tag() {
    return tag;
  }

  /** Bytes from the start of the input. */
  public long offset() {
    return offset;
  }
}
