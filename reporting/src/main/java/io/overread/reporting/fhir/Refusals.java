package io.overread.reporting.fhir;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Requests that are refused, status 400 with an OperationOutcome that says what was wrong. */
final class Refusals {
  private Refusals() {}

  /** We don't serve that: strict handling (R4 3.1.1.1.2), whatever the request prefers. */
  static InvalidRequestException notSupported(String what) {
    return refusal(IssueType.NOTSUPPORTED, what);
  }

  /** We'd serve it, had it been well formed. */
  static InvalidRequestException invalid(String what) {
    return refusal(IssueType.INVALID, what);
  }

  private static InvalidRequestException refusal(IssueType type, String what) {
    var outcome = new OperationOutcome();
    outcome.addIssue().setSeverity(IssueSeverity.ERROR).setCode(type).setDiagnostics(what);
    return new InvalidRequestException(what, outcome);
  }
}
