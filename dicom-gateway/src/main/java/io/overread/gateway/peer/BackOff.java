package io.overread.gateway.peer;

import java.time.Duration;

/**
 * How long to wait until a peer that could not be reached is tried again: twice as long each time.
 *
 * @param first after the first failure
 * @param longest at most
 */
public record BackOff(Duration first, Duration longest) {

  private static final int MOST_DOUBLINGS = 20;

  /** For peers: half a minute at first, an hour at most. */
  public static final BackOff OF_PEERS = new BackOff(Duration.ofSeconds(30), Duration.ofHours(1));

  /** The wait after so many failures in a row, from 1. */
  public Duration after(int failures) {
    Duration delay = first.multipliedBy(1L << Math.clamp(failures - 1L, 0, MOST_DOUBLINGS));
    return delay.compareTo(longest) < 0 ? delay : longest;
  }
}
