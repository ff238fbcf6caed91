package io.overread.reporting.review;

import io.overread.audit.AuditAction;
import io.overread.reporting.text.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * What a reviewer wants of a report.
 *
 * @param action the action
 * @param by the person
 * @param version the version that person has read
 * @param text the new text; null: as it stands
 * @param reason why; null where none is asked for
 * @param meaning the meaning of the signature; null unless signing
 */
record Decision(
    ReviewAction action,
    Reviewer by,
    int version,
    @Nullable PlainText text,
    @Nullable PlainText reason,
    @Nullable PlainText meaning) {

  /** As the table {@code review} has it. */
  String word() {
    return switch (action) {
      case ACCEPT -> "accepted";
      case EDIT -> "edited";
      case REJECT -> "rejected";
      case SIGN -> "signed";
      case AMEND -> "amended";
      case SUPERSEDE -> throw new IllegalStateException("No person supersedes a draft");
    };
  }

  AuditAction audited() {
    return switch (action) {
      case ACCEPT -> AuditAction.REPORT_ACCEPTED;
      case EDIT -> AuditAction.REPORT_EDITED;
      case REJECT -> AuditAction.REPORT_REJECTED;
      case SIGN -> AuditAction.REPORT_SIGNED;
      case AMEND -> AuditAction.REPORT_AMENDED;
      case SUPERSEDE -> throw new IllegalStateException("No person supersedes a draft");
    };
  }

  /** The report's text after this decision. */
  PlainText textAfter(Report report) {
    if (text != null) {
      return text;
    }
    // Giving up a change brings back what was signed.
    var signed = report.texts().signed();
    return new PlainText(
        action == ReviewAction.REJECT && signed != null ? signed : report.texts().current());
  }
}
