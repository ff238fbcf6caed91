package io.overread.vlm.onnx;

import io.overread.vlm.failure.InferenceException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps the process from ending under a run. At exit the C library destroys what ONNX Runtime's
 * threads still read, and a stop that was meant to be clean becomes a crash. So a shutdown hook
 * waits: for work that may end yet if there is such, then for the last run, after which none
 * begins.
 */
final class LastRuns {

  private static final int QUIET_MILLIS = 250;
  private static final int LONGEST_RUN_SECONDS = 30;

  private static final ReentrantReadWriteLock RUNNING = new ReentrantReadWriteLock();
  private static final AtomicInteger GRAPHS = new AtomicInteger();
  private static final LongAdder BEGUN = new LongAdder();
  private static volatile Duration grace = Duration.ZERO;
  private static boolean over; // written under the write lock, read under the read lock

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(LastRuns::await, "onnx-end"));
  }

  private LastRuns() {}

  /** What enters ONNX Runtime; an error once the process is ending. */
  static <T> T counted(Callable<T> work) throws Exception {
    RUNNING.readLock().lock();
    try {
      if (over) {
        throw new InferenceException("The process is ending.", null);
      }
      BEGUN.increment();
      return work.call();
    } finally {
      RUNNING.readLock().unlock();
    }
  }

  /** Until a quarter of a second passes without a run, or so long, work goes on after a stop. */
  static void allow(Duration longest) {
    grace = longest;
  }

  /** A graph was opened: until it is closed, a run may follow. */
  static void opened() {
    GRAPHS.incrementAndGet();
  }

  /** A graph was closed. */
  static void closed() {
    GRAPHS.decrementAndGet();
  }

  private static void await() {
    long end = System.nanoTime() + grace.toNanos();
    long seen = -1;
    try {
      while (GRAPHS.get() > 0 && System.nanoTime() < end && BEGUN.sum() != seen) {
        seen = BEGUN.sum();
        Thread.sleep(QUIET_MILLIS);
      }
      end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for what is under way, but not for ever; none begins from then on. */
  private static void end() throws InterruptedException {
    if (RUNNING.writeLock().tryLock(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
      over = true;
      RUNNING.writeLock().unlock();
    }
  }
}
