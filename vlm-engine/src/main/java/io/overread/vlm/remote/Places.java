package io.overread.vlm.remote;

import io.overread.vlm.Cancellation;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** So many requests at once, the others in the order in which they came. */
final class Places {

  private final Semaphore free;

  Places(int places) {
    this.free = new Semaphore(places, true);
  }

  /**
   * Waits for a place, which others may hold for minutes.
   *
   * @return false if the wait was called off
   */
  boolean take(Cancellation cancellation) throws InterruptedException {
    Thread waiting = Thread.currentThread();
    AtomicBoolean waits = new AtomicBoolean(true);
    // Under the lock, so that nobody is woken who went on to something else.
    Runnable wake =
        () -> {
          synchronized (waits) {
            if (waits.get()) {
              waiting.interrupt();
            }
          }
        };
    boolean taken;
    try (Cancellation.Registration registration = cancellation.whenRequested(wake)) {
      free.acquire();
      taken = true;
    } catch (InterruptedException e) {
      if (!cancellation.requested()) {
        throw e;
      }
      taken = false;
    }
    synchronized (waits) {
      waits.set(false);
    }
    if (!cancellation.requested()) {
      return true;
    }
    if (taken) {
      free.release();
    }
    Thread.interrupted(); // it was the cancellation's
    return false;
  }

  void giveBack() {
    free.release();
  }
}
