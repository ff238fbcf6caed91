package io.overread.gateway.result;

/** What made a report's version worth sending. */
public enum ReportEvent {
  /** The model wrote a draft; nobody has reviewed it. */
  DRAFT,
  /** A person signed. */
  SIGNATURE,
  /** A person signed a change to what was signed before. */
  AMENDMENT;

  /** Whether a person stands behind the version. */
  public boolean isSigned() {
    return this != DRAFT;
  }
}
