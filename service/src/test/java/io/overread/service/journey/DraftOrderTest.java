package io.overread.service.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.task.Priority;
import io.overread.gateway.triage.OffPeakHours;
import io.overread.gateway.triage.TriagePriority;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class DraftOrderTest {

  @Test
  void the_closing_of_studies_comes_first_then_urgent_normal_and_off_peak_drafts() {
    assertThat(Priority.HIGH).isGreaterThan(of(TriagePriority.URGENT));
    assertThat(of(TriagePriority.URGENT)).isGreaterThan(of(TriagePriority.NORMAL));
    assertThat(of(TriagePriority.NORMAL)).isGreaterThan(of(TriagePriority.OFF_PEAK));
  }

  @Test
  void only_what_is_off_peak_waits_for_its_hours() {
    var hours = new OffPeakHours(LocalTime.of(19, 0), LocalTime.of(6, 0), ZoneOffset.UTC);
    Instant noon = Instant.parse("2026-11-25T12:00:00Z");

    assertThat(DraftOrder.of(TriagePriority.URGENT).due(noon, hours)).isEqualTo(noon);
    assertThat(DraftOrder.of(TriagePriority.NORMAL).due(noon, hours)).isEqualTo(noon);
    assertThat(DraftOrder.of(TriagePriority.OFF_PEAK).due(noon, hours))
        .isEqualTo(Instant.parse("2026-11-25T19:00:00Z"));
  }

  private static int of(TriagePriority priority) {
    return DraftOrder.of(priority).priority();
  }
}
