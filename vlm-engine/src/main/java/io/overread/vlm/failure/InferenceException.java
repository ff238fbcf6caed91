package io.overread.vlm.failure;

import org.jspecify.annotations.Nullable;

/** A graph failed while it ran, most often for want of memory. */
public final class InferenceException extends EngineException {

  private static final long serialVersionUID = 1L;

  /** Names the graph and keeps the runtime's own failure, if there is one, as cause. */
  public InferenceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
