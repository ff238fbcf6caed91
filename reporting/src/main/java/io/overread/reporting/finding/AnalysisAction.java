package io.overread.reporting.finding;

/** What can happen to an analysis. */
public enum AnalysisAction {
  /** The model starts to read. */
  BEGIN,
  /** The draft is written. */
  FINISH,
  /** It ends without a draft. */
  FAIL
}
