package io.overread.service.journey;

import io.overread.gateway.triage.OffPeakHours;
import io.overread.gateway.triage.TriagePriority;
import java.time.Instant;

/**
 * The order of drafts that wait: db-scheduler takes the highest number first, then what was due
 * first. The closing of studies comes before all of them (its {@code Priority.HIGH} is 90).
 *
 * @param priority db-scheduler's
 * @param offPeak whether it waits for the off-peak hours
 */
record DraftOrder(int priority, boolean offPeak) {

  static DraftOrder of(TriagePriority priority) {
    return switch (priority) {
      case URGENT -> new DraftOrder(80, false);
      case NORMAL -> new DraftOrder(50, false);
      case OFF_PEAK -> new DraftOrder(10, true);
    };
  }

  /** When the draft is due. */
  Instant due(Instant now, OffPeakHours hours) {
    return offPeak ? hours.next(now) : now;
  }
}
