package io.overread.vlm;

import java.util.concurrent.atomic.AtomicBoolean;

/** A request to stop, which an answer looks at before each token. */
public final class Cancellation {

  private final AtomicBoolean requested = new AtomicBoolean();

  /** Asks the answer to stop; may be called from any thread, and more than once. */
  public void cancel() {
    requested.set(true);
  }

  /** Whether {@link #cancel()} was called. */
  public boolean requested() {
    return requested.get();
  }
}
