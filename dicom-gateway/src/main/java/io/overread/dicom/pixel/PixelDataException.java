package io.overread.dicom.pixel;

/**
 * Carries a refusal from deep in a decoder up to {@link FrameDecoder}, where it becomes an {@link
 * Undecodable}; it never leaves this package.
 */
final class PixelDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Undecodable.Cause refusal;

  private PixelDataException(Undecodable.Cause refusal, String reason) {
    super(reason);
    this.refusal = refusal;
  }

  static PixelDataException malformed(String reason) {
    return new PixelDataException(Undecodable.Cause.MALFORMED, reason);
  }

  static PixelDataException unsupported(String reason) {
    return new PixelDataException(Undecodable.Cause.UNSUPPORTED, reason);
  }

  static PixelDataException tooLarge(String reason) {
    return new PixelDataException(Undecodable.Cause.TOO_LARGE, reason);
  }

  static PixelDataException absent(String reason) {
    return new PixelDataException(Undecodable.Cause.ABSENT, reason);
  }

  Undecodable toResult() {
    return new Undecodable(refusal, String.valueOf(getMessage()));
  }
}
