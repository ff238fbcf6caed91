package io.overread.vlm.failure;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A remote engine did not answer as it should. The message names the host and a status, never what
 * was sent or what came back, which may be about a patient.
 */
public final class RemoteEngineException extends EngineException {

  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Kind {
    /** It asks to come again later (429). */
    BUSY(true, true),
    /** It can't be reached, or says that it can't work now (502, 503, 504). */
    UNAVAILABLE(true, true),
    /** It failed at this request (other 5xx). */
    FAILED(true, false),
    /** It stood still, or took too long as a whole. */
    SLOW(true, false),
    /** What it sent is no answer, too large, or ends in the middle. */
    MALFORMED(true, false),
    /** Its answer is not within the constraint that it was given. */
    UNCONSTRAINED(false, true),
    /** It does not take this request (4xx), or keeps the answer back. */
    REFUSED(false, false);

    private final boolean later;
    private final boolean atOnce;

    Kind(boolean later, boolean atOnce) {
      this.later = later;
      this.atOnce = atOnce;
    }
  }

  private final Kind kind;
  private final @Nullable Duration retryAfter;

  /** Names the host and what it did. */
  public RemoteEngineException(Kind kind, String message, @Nullable Throwable cause) {
    this(kind, message, null, cause);
  }

  /**
   * The same of an engine that says when to come again.
   *
   * @param retryAfter Retry-After (RFC 9110 10.2.3); null if it says nothing
   */
  public RemoteEngineException(
      Kind kind, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /** How long the engine asks to be left alone. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Whether another replica, or the same one a moment later, may be asked within the call. */
  public boolean retryableAtOnce() {
    return kind.atOnce;
  }

  @Override
  public boolean retryable() {
    return kind.later;
  }
}
