package io.overread.dicom.net;

import io.overread.dicom.net.dimse.CommandField;
import io.overread.dicom.net.dimse.DimseReceiver;
import io.overread.dicom.net.dimse.Incoming;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What comes on an association, in turn, save for C-CANCEL: that concerns a request which is being
 * answered, so it is looked for meanwhile. For the one thread that receives.
 */
final class Inbox {
  /** How long a look takes that finds out for certain, and how seldom one is afforded. */
  private static final Duration LOOK = Duration.ofMillis(2);

  private static final long BETWEEN_LOOKS = Duration.ofMillis(100).toNanos();
  private static final int NONE = -1;

  private final DimseReceiver receiver;
  private @Nullable Incoming held;
  private int cancelled = NONE;
  private long lastLook = System.nanoTime();

  Inbox(DimseReceiver receiver) {
    this.receiver = receiver;
  }

  /**
   * Waits for the next message, the release or the end.
   *
   * @throws IOException when the association ends within a C-CANCEL
   */
  Incoming next() throws IOException {
    Incoming next = held;
    held = null;
    while (next == null) {
      next = receive();
    }
    return next;
  }

  /** Whether something other than a C-CANCEL is there, or comes within the time. */
  boolean hasNext(Duration time) throws IOException {
    long deadline = System.nanoTime() + time.toNanos();
    while (held == null) {
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (!left.isPositive() || !receiver.hasInput(left)) {
        return false;
      }
      held = receive();
    }
    return true;
  }

  /** Has it come next once more. */
  void putBack(Incoming incoming) {
    held = incoming;
  }

  /** A request begins to be served: no C-CANCEL before it meant it. */
  void begin() {
    cancelled = NONE;
  }

  /** Whether nobody waits any more for the answer: it was cancelled, or the association ends. */
  boolean isCancelled(int messageId) throws IOException {
    while (held == null && cancelled != messageId && hasInput()) {
      held = receive();
    }
    return cancelled == messageId || (held != null && !(held instanceof Incoming.Message));
  }

  Incoming abort(String detail) {
    return receiver.abort(detail);
  }

  private boolean hasInput() {
    if (receiver.hasInput(Duration.ZERO)) {
      return true;
    }
    if (System.nanoTime() - lastLook < BETWEEN_LOOKS) {
      return false;
    }
    boolean found = receiver.hasInput(LOOK);
    lastLook = System.nanoTime();
    return found;
  }

  private @Nullable Incoming receive() throws IOException {
    Incoming incoming = receiver.next();
    if (incoming instanceof Incoming.Message message
        && message.command().field() == CommandField.C_CANCEL_RQ) {
      message.dataSet().finish();
      cancelled = message.command().messageIdBeingRespondedTo().orElse(NONE);
      return null;
    }
    return incoming;
  }
}
