package io.overread.reporting.text;

/**
 * A text that can't be taken: empty, too long, or holding control characters. Fatal, not retryable.
 */
public final class InvalidTextException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason what is wrong, without the text itself, fit for the person who sent it
   */
  public InvalidTextException(String reason) {
    super(reason);
  }
}
