package io.overread.service.triage;

import io.overread.gateway.rule.Evaluation;
import io.overread.gateway.study.Series;
import io.overread.gateway.triage.Triage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of trying a condition.
 *
 * @param error why it can't be read; null if it can
 * @param series how it fared on each series of the study; none without a study
 */
record TrialView(@Nullable Unreadable error, List<SeriesTrial> series) {

  static TrialView unreadable(int position, String message) {
    return new TrialView(new Unreadable(position, message), List.of());
  }

  static TrialView readable() {
    return new TrialView(null, List.of());
  }

  static TrialView of(List<Triage.Trial> trials, List<Series> series) {
    return new TrialView(
        null, trials.stream().map(trial -> SeriesTrial.of(trial, series)).toList());
  }

  /** The position is from 0. */
  record Unreadable(int position, String message) {}

  record SeriesTrial(
      String seriesInstanceUid,
      @Nullable Integer seriesNumber,
      @Nullable String seriesDescription,
      String sopInstanceUid,
      boolean holds,
      List<Evaluation.Outcome> clauses) {

    static SeriesTrial of(Triage.Trial trial, List<Series> all) {
      var attributes =
          all.stream()
              .filter(series -> series.seriesInstanceUid().equals(trial.seriesInstanceUid()))
              .findFirst()
              .map(Series::attributes);
      return new SeriesTrial(
          trial.seriesInstanceUid(),
          attributes.map(found -> found.seriesNumber()).orElse(null),
          attributes.map(found -> found.seriesDescription()).orElse(null),
          trial.sopInstanceUid(),
          trial.evaluation().holds(),
          trial.evaluation().clauses());
    }
  }
}
