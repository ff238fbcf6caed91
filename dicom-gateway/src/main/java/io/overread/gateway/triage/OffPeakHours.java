package io.overread.gateway.triage;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** The hours in which studies are drafted that can wait. */
public record OffPeakHours(LocalTime from, LocalTime until, ZoneId zone) {

  /** Now, within the hours; else when they begin next. */
  public Instant next(Instant now) {
    ZonedDateTime local = now.atZone(zone);
    if (within(local.toLocalTime())) {
      return now;
    }
    ZonedDateTime begin = local.with(from);
    return (begin.isAfter(local) ? begin : begin.plusDays(1)).toInstant();
  }

  private boolean within(LocalTime time) {
    if (from.equals(until)) {
      return true;
    }
    return from.isBefore(until)
        ? !time.isBefore(from) && time.isBefore(until)
        : !time.isBefore(from) || time.isBefore(until);
  }
}
