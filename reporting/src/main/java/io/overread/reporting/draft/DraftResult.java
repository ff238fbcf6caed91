package io.overread.reporting.draft;

import io.overread.reporting.finding.AnalysisState;
import io.overread.reporting.review.Report;

/** What came of writing a draft. */
public sealed interface DraftResult {
  /**
   * The draft is on the desk; or, when a later revision already has one, superseded at once.
   *
   * @param report the new report
   */
  record Drafted(Report report) implements DraftResult {}

  /**
   * This analysis wrote its draft before; nothing changed.
   *
   * @param report the report as it is now
   */
  record AlreadyDrafted(Report report) implements DraftResult {}

  /**
   * The analysis isn't running; nothing changed.
   *
   * @param state the state it is in
   */
  record NotRunning(AnalysisState state) implements DraftResult {}
}
