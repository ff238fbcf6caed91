package io.overread.vlm.remote;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What came is no answer of the protocol. The message holds nothing of it. */
final class MalformedAnswerException extends IOException {

  private static final long serialVersionUID = 1L;

  private final boolean refused;

  MalformedAnswerException(String message) {
    this(message, false, null);
  }

  MalformedAnswerException(String message, boolean refused, @Nullable Throwable cause) {
    super(message, cause);
    this.refused = refused;
  }

  /** The engine keeps its answer back: asking again changes nothing. */
  static MalformedAnswerException keptBack() {
    return new MalformedAnswerException("keeps its answer back by a filter of its own", true, null);
  }

  boolean refused() {
    return refused;
  }
}
