package io.overread.gateway.study;

import static io.overread.gateway.study.StudyEvent.CLOSED;
import static io.overread.gateway.study.StudyEvent.INSTANCE_ARRIVED;
import static io.overread.gateway.study.StudyState.COMPLETE;
import static io.overread.gateway.study.StudyState.RECEIVING;

import java.util.Map;
import java.util.Optional;

/** The life cycle of a study as one transition table. */
public final class StudyLifeCycle {

  private record From(StudyState state, StudyEvent event) {}

  private static final Map<From, StudyState> TRANSITIONS =
      Map.of(
          new From(RECEIVING, INSTANCE_ARRIVED), RECEIVING,
          new From(RECEIVING, CLOSED), COMPLETE,
          new From(COMPLETE, INSTANCE_ARRIVED), RECEIVING);

  private StudyLifeCycle() {}

  /** The state that follows, or empty where the event changes nothing. */
  public static Optional<StudyState> after(StudyState state, StudyEvent event) {
    return Optional.ofNullable(TRANSITIONS.get(new From(state, event)));
  }

  /** Whether the step from one state to the next makes a new revision of the study. */
  public static boolean makesRevision(StudyState from, StudyState to) {
    return from != COMPLETE && to == COMPLETE;
  }
}
