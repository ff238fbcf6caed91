package io.overread.reporting.finding;

/** Where an analysis stands. */
public enum AnalysisState {
  /** Due, not begun. */
  PENDING,
  /** The model is reading, or was when the service stopped. */
  RUNNING,
  /** Its findings and draft are written. */
  DONE,
  /** It ended without a draft; it may be begun again. */
  FAILED
}
