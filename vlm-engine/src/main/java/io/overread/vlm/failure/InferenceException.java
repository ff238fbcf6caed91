package io.overread.vlm.failure;

/** A graph failed while it ran, most often for want of memory. */
public final class InferenceException extends EngineException {

  private static final long serialVersionUID = 1L;

  /** Names the graph and keeps the runtime's own failure as cause. */
  public InferenceException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
