package io.overread.reporting.review;

/** FHIR R4 DiagnosticReport.status, as far as our reports have it. */
public enum ReportStatus {
  /** A machine's draft, or one that a person works on: unsigned. */
  PRELIMINARY("preliminary"),
  /** Signed. */
  FINAL("final"),
  /** Signed again after a change to what was signed. */
  AMENDED("amended"),
  /**
   * A draft that was never signed and won't be: rejected, or replaced by the draft of a later
   * revision. R4 keeps {@code entered-in-error} for a report withdrawn after its release as final.
   */
  CANCELLED("cancelled"),
  /** Withdrawn after its release; no act of the desk leads here yet. */
  ENTERED_IN_ERROR("entered-in-error");

  private final String code;

  ReportStatus(String code) {
    this.code = code;
  }

  /** The code in FHIR and in the table. */
  public String code() {
    return code;
  }

  /** The status with this code. */
  public static ReportStatus of(String code) {
    for (var status : values()) {
      if (status.code.equals(code)) {
        return status;
      }
    }
    throw new IllegalArgumentException("No report status " + code);
  }
}
