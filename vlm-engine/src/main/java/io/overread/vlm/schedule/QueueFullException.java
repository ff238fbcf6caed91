package io.overread.vlm.schedule;

import java.time.Duration;

/** The model has too much to do; an expected refusal. */
public final class QueueFullException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  QueueFullException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** When a new try is likely to be admitted, from a second to a minute. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
