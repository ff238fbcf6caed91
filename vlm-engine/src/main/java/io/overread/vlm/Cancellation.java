package io.overread.vlm;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** A request to stop, which an answer looks at before each token. */
public final class Cancellation {

  private final AtomicBoolean requested = new AtomicBoolean();
  private final List<Runnable> actions = new CopyOnWriteArrayList<>();

  /** Asks the answer to stop; may be called from any thread, and more than once. */
  public void cancel() {
    if (requested.compareAndSet(false, true)) {
      actions.forEach(Runnable::run);
    }
  }

  /** Whether {@link #cancel()} was called. */
  public boolean requested() {
    return requested.get();
  }

  /**
   * Runs an action as soon as it is called off, at once if it was; perhaps twice, on either thread.
   * For whoever waits for something else than a token, such as a server.
   */
  public Registration whenRequested(Runnable action) {
    actions.add(action);
    if (requested()) {
      action.run();
    }
    return () -> actions.remove(action);
  }

  /** Forgets an action when it is closed. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
