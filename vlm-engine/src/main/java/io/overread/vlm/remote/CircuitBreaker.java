package io.overread.vlm.remote;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Leaves a replica alone that failed several times in a row; after a while one request tries it.
 */
final class CircuitBreaker {

  static final int MOST_FAILURES = 5;
  static final Duration REST = Duration.ofSeconds(30);

  /** Whether requests go to the replica. */
  enum State {
    CLOSED,
    OPEN,
    TRYING
  }

  private final InstantSource clock;
  private State state = State.CLOSED;
  private int failures;
  private Instant until = Instant.EPOCH;

  CircuitBreaker(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether a request may go now; whoever is told so says how it ended. */
  synchronized boolean admits() {
    if (state == State.OPEN && !clock.instant().isBefore(until)) {
      state = State.TRYING;
      return true;
    }
    return state == State.CLOSED;
  }

  /** An answer came. */
  synchronized void succeeded() {
    state = State.CLOSED;
    failures = 0;
  }

  /** None came. */
  synchronized void failed() {
    failures++;
    if (state == State.TRYING || failures >= MOST_FAILURES) {
      state = State.OPEN;
      until = clock.instant().plus(REST);
    }
  }

  /** It was called off, which says nothing of the replica. */
  synchronized void undecided() {
    if (state == State.TRYING) {
      state = State.OPEN;
    }
  }

  synchronized State state() {
    return state;
  }
}
