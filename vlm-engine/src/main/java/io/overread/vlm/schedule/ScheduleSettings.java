package io.overread.vlm.schedule;

import java.time.Duration;

/**
 * How much a model takes on.
 *
 * @param atOnce pieces of work under way at a time, at least 1
 * @param waiting pieces of work of one urgency that may wait, at least 0
 * @param longestWait how long a question waits before it is refused
 * @param bytes memory that the caches of the work under way may take together
 */
public record ScheduleSettings(int atOnce, int waiting, Duration longestWait, long bytes) {

  /** Refuses what nothing could be admitted with. */
  public ScheduleSettings {
    if (atOnce < 1 || waiting < 0 || longestWait.isNegative() || bytes < 1) {
      throw new IllegalArgumentException(
          "atOnce and bytes must be at least 1, waiting and longestWait not negative");
    }
  }
}
