package io.overread.service.journey;

/** The model can't read the study and never will as it is: nothing in it can be rendered. */
public final class UnreadableStudyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreadableStudyException(String message) {
    super(message);
  }
}
