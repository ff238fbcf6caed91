package io.overread.dicom.pixel.jpeg2000;

/** A codestream that isn't decoded. The message is made of names and numbers only. */
public final class CodestreamException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The kinds of refusal. */
  public enum Kind {
    /** It contradicts itself or the standard, or ends too early. */
    MALFORMED,
    /** It is of a kind that isn't decoded. */
    UNSUPPORTED,
    /** It is divided into more parts than are worked on. */
    TOO_LARGE
  }

  private final Kind refusal;

  private CodestreamException(Kind refusal, String reason) {
    super("JPEG 2000 " + reason);
    this.refusal = refusal;
  }

  static CodestreamException malformed(String reason) {
    return new CodestreamException(Kind.MALFORMED, reason);
  }

  static CodestreamException unsupported(String reason) {
    return new CodestreamException(Kind.UNSUPPORTED, reason);
  }

  static CodestreamException tooLarge(String reason) {
    return new CodestreamException(Kind.TOO_LARGE, reason);
  }

  /** What kind of refusal this is. */
  public Kind kind() {
    return refusal;
  }
}
