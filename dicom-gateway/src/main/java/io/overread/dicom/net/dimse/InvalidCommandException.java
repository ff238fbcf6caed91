package io.overread.dicom.net.dimse;

/** A peer sent something that is not a command set. */
public final class InvalidCommandException extends Exception {
  private static final long serialVersionUID = 1;

  /** With what is wrong. */
  public InvalidCommandException(String message) {
    super(message);
  }
}
