package io.overread.vlm.remote;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One of several servers with the same model.
 *
 * @param underWay requests that wait for it
 */
record Replica(URI base, CircuitBreaker breaker, AtomicInteger underWay) {

  Replica(URI base, CircuitBreaker breaker) {
    this(base, breaker, new AtomicInteger());
  }

  String host() {
    return base.getAuthority();
  }
}
