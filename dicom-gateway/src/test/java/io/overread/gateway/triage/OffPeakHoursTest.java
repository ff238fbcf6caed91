package io.overread.gateway.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffPeakHoursTest {

  private static final OffPeakHours NIGHT =
      new OffPeakHours(LocalTime.of(19, 0), LocalTime.of(6, 0), ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource({
    "2026-11-25T10:00:00Z, 2026-11-25T18:00:00Z",
    "2026-11-25T18:00:00Z, 2026-11-25T18:00:00Z",
    "2026-11-25T23:30:00Z, 2026-11-25T23:30:00Z",
    "2026-11-26T04:59:59Z, 2026-11-26T04:59:59Z",
    "2026-11-26T05:00:00Z, 2026-11-26T18:00:00Z",
    // The clocks are put forward in the night to 29 March.
    "2026-03-28T17:00:00Z, 2026-03-28T18:00:00Z",
    "2026-03-29T10:00:00Z, 2026-03-29T17:00:00Z",
  })
  void what_can_wait_waits_for_the_evening(Instant now, Instant next) {
    assertThat(NIGHT.next(now)).isEqualTo(next);
  }

  @Test
  void hours_within_a_day_and_all_day() {
    OffPeakHours lunch = new OffPeakHours(LocalTime.NOON, LocalTime.of(13, 0), ZoneId.of("UTC"));
    Instant afternoon = Instant.parse("2026-11-25T13:00:00Z");

    assertThat(lunch.next(afternoon)).isEqualTo(Instant.parse("2026-11-26T12:00:00Z"));
    assertThat(new OffPeakHours(LocalTime.NOON, LocalTime.NOON, ZoneId.of("UTC")).next(afternoon))
        .isEqualTo(afternoon);
  }
}
