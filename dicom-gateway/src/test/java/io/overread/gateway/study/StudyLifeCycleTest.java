package io.overread.gateway.study;

import static io.overread.gateway.study.StudyEvent.CLOSED;
import static io.overread.gateway.study.StudyEvent.INSTANCE_ARRIVED;
import static io.overread.gateway.study.StudyState.COMPLETE;
import static io.overread.gateway.study.StudyState.RECEIVING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StudyLifeCycleTest {

  @Test
  void every_state_and_event_leads_where_the_design_says() {
    Map<String, Optional<StudyState>> table = new HashMap<>();
    for (StudyState state : StudyState.values()) {
      for (StudyEvent event : StudyEvent.values()) {
        table.put(state + " " + event, StudyLifeCycle.after(state, event));
      }
    }

    assertThat(table)
        .isEqualTo(
            Map.of(
                RECEIVING + " " + INSTANCE_ARRIVED, Optional.of(RECEIVING),
                RECEIVING + " " + CLOSED, Optional.of(COMPLETE),
                COMPLETE + " " + INSTANCE_ARRIVED, Optional.of(RECEIVING),
                COMPLETE + " " + CLOSED, Optional.empty()));
  }

  @Test
  void only_the_completion_makes_a_revision() {
    assertThat(StudyLifeCycle.makesRevision(RECEIVING, COMPLETE)).isTrue();
    assertThat(StudyLifeCycle.makesRevision(COMPLETE, COMPLETE)).isFalse();
    assertThat(StudyLifeCycle.makesRevision(COMPLETE, RECEIVING)).isFalse();
    assertThat(StudyLifeCycle.makesRevision(RECEIVING, RECEIVING)).isFalse();
  }
}
