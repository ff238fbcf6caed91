package io.overread.vlm.failure;

/** The prompt leaves no room in the model's context for an answer. */
public final class PromptTooLongException extends EngineException {

  private static final long serialVersionUID = 1L;

  /**
   * What was measured ({@code tokens}, {@code images}), how many there were and how many may be.
   */
  public PromptTooLongException(String unit, long actual, long limit) {
    super("prompt of " + actual + " " + unit + ", at most " + limit + " fit", null);
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
