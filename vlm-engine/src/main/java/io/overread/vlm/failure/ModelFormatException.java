package io.overread.vlm.failure;

/**
 * The folder is no model that this engine can run; the message names the file or tensor at fault.
 */
public final class ModelFormatException extends EngineException {

  private static final long serialVersionUID = 1L;

  private final String subject;

  /**
   * @param subject the file, or {@code file: tensor}, that is at fault
   * @param problem what is wrong with it
   */
  public ModelFormatException(String subject, String problem) {
    super(subject + ": " + problem, null);
    this.subject = subject;
  }

  /** As above, with the failure underneath. */
  public ModelFormatException(String subject, String problem, Throwable cause) {
    super(subject + ": " + problem, cause);
    this.subject = subject;
  }

  /** The file, or {@code file: tensor}, that is at fault. */
  public String subject() {
    return subject;
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
