package io.overread.gateway.result;

/**
 * An object can't be made of a report, now or later: its image is gone or can't be rendered, or
 * what came out breaks the rules. The message holds no patient data.
 */
public final class NotBuiltException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says why. */
  public NotBuiltException(String message) {
    super(message);
  }
}
