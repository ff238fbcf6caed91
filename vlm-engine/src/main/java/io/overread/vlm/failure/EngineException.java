package io.overread.vlm.failure;

import org.jspecify.annotations.Nullable;

/**
 * Any failure of the engine. {@link #retryable()} tells whether the same call may succeed later.
 */
public abstract sealed class EngineException extends RuntimeException
    permits ModelFormatException,
        PromptTooLongException,
        InferenceException,
        RemoteEngineException {

  private static final long serialVersionUID = 1L;

  EngineException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * True when the failure lies in the moment (memory), false when it lies in the input or the
   * folder.
   */
  public abstract boolean retryable();
}
