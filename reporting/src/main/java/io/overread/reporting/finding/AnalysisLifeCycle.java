package io.overread.reporting.finding;

import static io.overread.reporting.finding.AnalysisAction.BEGIN;
import static io.overread.reporting.finding.AnalysisAction.FAIL;
import static io.overread.reporting.finding.AnalysisAction.FINISH;
import static io.overread.reporting.finding.AnalysisState.DONE;
import static io.overread.reporting.finding.AnalysisState.FAILED;
import static io.overread.reporting.finding.AnalysisState.PENDING;
import static io.overread.reporting.finding.AnalysisState.RUNNING;

import java.util.Map;
import java.util.Optional;

/** The life of an analysis, whole: what is not in this table does not happen. */
public final class AnalysisLifeCycle {
  /**
   * BEGIN from RUNNING: the service stopped in the middle and the durable task runs again. FAIL
   * from PENDING: the study can't even be shown to the model.
   */
  private static final Map<AnalysisState, Map<AnalysisAction, AnalysisState>> TRANSITIONS =
      Map.of(
          PENDING, Map.of(BEGIN, RUNNING, FAIL, FAILED),
          RUNNING, Map.of(BEGIN, RUNNING, FINISH, DONE, FAIL, FAILED),
          DONE, Map.of(),
          FAILED, Map.of(BEGIN, RUNNING));

  private AnalysisLifeCycle() {}

  /** The state that an action leads to, or nothing where it is not allowed. */
  public static Optional<AnalysisState> next(AnalysisState state, AnalysisAction action) {
    return Optional.ofNullable(TRANSITIONS.getOrDefault(state, Map.of()).get(action));
  }
}
