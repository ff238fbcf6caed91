package io.overread.vlm.remote;

import io.overread.vlm.Cancellation;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends an exchange that is called off, stands still or takes too long, by closing its connection: a
 * read that waits for a server ends in no other way.
 */
final class Watch implements AutoCloseable {

  /** Why it was ended. */
  enum Ended {
    CANCELLED,
    SLOW
  }

  private static final long LONGEST_PARK = Duration.ofSeconds(5).toNanos();

  private final AtomicReference<@Nullable Ended> ended = new AtomicReference<>();
  private final long wholeUntil;
  private final long pause;
  private final Thread thread;
  private final Cancellation.Registration registration;
  private volatile Runnable stop;
  private volatile long until;
  private volatile boolean closed;

  private Watch(RemoteSettings.Seconds seconds, Cancellation cancellation, Runnable stop) {
    long now = System.nanoTime();
    this.stop = stop;
    this.wholeUntil = now + seconds.toWhole().toNanos();
    this.until = now + seconds.toFirst().toNanos();
    this.pause = seconds.toPause().toNanos();
    this.thread = Thread.ofVirtual().name("remote-watch").unstarted(this::watch);
    this.registration = cancellation.whenRequested(() -> end(Ended.CANCELLED));
  }

  /**
   * Watches from now on.
   *
   * @param stop breaks the connection
   */
  static Watch start(RemoteSettings.Seconds seconds, Cancellation cancellation, Runnable stop) {
    Watch watch = new Watch(seconds, cancellation, stop);
    watch.thread.start();
    return watch;
  }

  /** The connection is to be broken in this way from now on. */
  void stopBy(Runnable other) {
    stop = other;
    if (ended() != null) {
      other.run();
    }
  }

  /** Something came. */
  void progress() {
    until = System.nanoTime() + pause;
  }

  /** Nothing more than this is waited for. */
  void endWithin(Duration rest) {
    until = System.nanoTime() + rest.toNanos();
    LockSupport.unpark(thread);
  }

  /** Why it was ended; null if it was not. */
  @Nullable Ended ended() {
    return ended.get();
  }

  private void watch() {
    while (!closed && ended() == null) {
      long now = System.nanoTime();
      long left = Math.min(until - now, wholeUntil - now);
      if (left <= 0) {
        end(Ended.SLOW);
      } else {
        // What came meanwhile may have brought the end nearer.
        LockSupport.parkNanos(Math.min(left, Math.min(pause, LONGEST_PARK)));
      }
    }
  }

  private void end(Ended why) {
    if (ended.compareAndSet(null, why)) {
      stop.run();
    }
  }

  @Override
  public void close() {
    closed = true;
    registration.close();
    LockSupport.unpark(thread);
  }
}
