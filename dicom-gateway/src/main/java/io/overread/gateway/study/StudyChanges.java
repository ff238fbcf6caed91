package io.overread.gateway.study;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of this process that a study changed, after the change was committed. A hint for
 * live views and no more: what must happen is a row, never a listener.
 */
public final class StudyChanges {

  private static final Logger LOG = LoggerFactory.getLogger(StudyChanges.class);

  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  /**
   * Calls the listener with the Study Instance UID of each study that changes, on the thread that
   * changed it, until the subscription is closed.
   */
  public Subscription subscribe(Consumer<String> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Tells all listeners; call it after the commit. What a listener throws is logged. */
  public void publish(String studyInstanceUid) {
    for (Consumer<String> listener : listeners) {
      try {
        listener.accept(studyInstanceUid);
      } catch (RuntimeException e) {
        // The change is committed whatever a live view makes of it.
        LOG.warn("A listener failed on a change of study {}", studyInstanceUid, e);
      }
    }
  }

  /** Ends the calls to one listener when closed. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
