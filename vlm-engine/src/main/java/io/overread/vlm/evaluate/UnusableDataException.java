package io.overread.vlm.evaluate;

/**
 * The folder to evaluate on can't be used; the message names the file, and the line where known.
 */
public final class UnusableDataException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says what is wrong with which file. */
  public UnusableDataException(String message) {
    super(message);
  }
}
