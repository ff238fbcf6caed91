package io.overread.gateway.capacity;

import static io.overread.gateway.capacity.Intake.Reason.DISK;
import static io.overread.gateway.capacity.Intake.Reason.DRAFTS;
import static io.overread.gateway.capacity.Intake.Reason.UNWRITTEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.overread.gateway.instance.Acknowledgement;
import io.overread.gateway.instance.Backlog;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class WatermarksTest {

  private final Watermarks watermarks = new Watermarks(marks());

  @Test
  void between_the_marks_it_stays_as_it_was() {
    Load between = new Load(150, 1000, new Backlog(1, 150, false), 15);

    assertThat(watermarks.reasons(between, Set.of())).isEmpty();
    assertThat(watermarks.reasons(between, Set.of(DISK, UNWRITTEN, DRAFTS)))
        .containsExactlyInAnyOrder(DISK, UNWRITTEN, DRAFTS);
  }

  @Test
  void beyond_a_mark_is_its_reason() {
    Backlog none = new Backlog(0, 0, false);
    assertThat(watermarks.reasons(new Load(99, 1000, none, 0), Set.of())).containsExactly(DISK);
    assertThat(watermarks.reasons(new Load(900, 100_000, none, 0), Set.of()))
        .as("in percent of a large disk")
        .containsExactly(DISK);
    assertThat(watermarks.reasons(new Load(900, 1000, new Backlog(9, 201, true), 0), Set.of()))
        .containsExactly(UNWRITTEN);
    assertThat(watermarks.reasons(new Load(900, 1000, none, 21), Set.of())).containsExactly(DRAFTS);
  }

  @Test
  void within_the_other_mark_it_resumes() {
    Load relieved = new Load(200, 1000, new Backlog(1, 100, false), 10);

    assertThat(watermarks.reasons(relieved, Set.of(DISK, UNWRITTEN, DRAFTS))).isEmpty();
  }

  @Test
  void marks_that_cross_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new CapacityProperties.Disk(DataSize.ofBytes(2), DataSize.ofBytes(1), 0, 0));
  }

  static CapacityProperties marks() {
    return new CapacityProperties(
        Acknowledgement.DURABLE,
        new CapacityProperties.Disk(DataSize.ofBytes(100), DataSize.ofBytes(200), 1, 2),
        new CapacityProperties.Queue(DataSize.ofBytes(200), DataSize.ofBytes(100), 20, 10));
  }
}
