package io.overread.gateway;

import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until a test moves it, for us and for db-scheduler alike. */
public final class TestClock extends Clock {

  private final SettableClock settable = new SettableClock();

  public TestClock() {
    settable.set(Instant.parse("2026-11-01T08:00:00.000001Z"));
  }

  public void advance(Duration duration) {
    settable.tick(duration);
  }

  public SettableClock forScheduler() {
    return settable;
  }

  @Override
  public Instant instant() {
    return settable.now();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("this clock tells instants only");
  }
}
