package io.overread.reporting.finding;

/** What came of an action on an analysis. */
public sealed interface AnalysisResult {
  /**
   * It happened.
   *
   * @param analysis as it is now
   */
  record Moved(Analysis analysis) implements AnalysisResult {}

  /**
   * The life cycle does not allow it; nothing changed.
   *
   * @param state the state it is in
   * @param action what was asked
   */
  record NotAllowed(AnalysisState state, AnalysisAction action) implements AnalysisResult {}
}
