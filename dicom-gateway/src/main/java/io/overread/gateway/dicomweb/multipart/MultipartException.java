package io.overread.gateway.dicomweb.multipart;

import java.io.IOException;

/** The body is no multipart, or breaks a limit. The message shows nothing of the body. */
public final class MultipartException extends IOException {

  private static final long serialVersionUID = 1L;

  private final boolean tooLarge;

  private MultipartException(String message, boolean tooLarge) {
    super(message);
    this.tooLarge = tooLarge;
  }

  static MultipartException malformed(String message) {
    return new MultipartException(message, false);
  }

  static MultipartException tooLarge(String message) {
    return new MultipartException(message, true);
  }

  /** Whether a limit was broken, rather than the form. */
  public boolean isTooLarge() {
    return tooLarge;
  }
}
