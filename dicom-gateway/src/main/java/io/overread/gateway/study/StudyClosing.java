package io.overread.gateway.study;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Closes a study in one transaction: its new revision, what follows from it, and the audit entry.
 */
public final class StudyClosing {

  private final StudyLedger ledger;
  private final Supplier<StudyCompletion> completion;
  private final AuditTrail auditTrail;
  private final StudyChanges changes;
  private final TransactionTemplate transaction;

  /**
   * A closing with its collaborators.
   *
   * @param completion what follows; asked for at each closing, since it may need the scheduler,
   *     which needs the task that closes
   */
  public StudyClosing(
      StudyLedger ledger,
      Supplier<StudyCompletion> completion,
      AuditTrail auditTrail,
      StudyChanges changes,
      TransactionTemplate transaction) {
    this.ledger = ledger;
    this.completion = completion;
    this.auditTrail = auditTrail;
    this.changes = changes;
    this.transaction = transaction;
  }

  /** Closes the study if it is due; else does nothing. */
  void close(String studyInstanceUid, StudyCompleteness completeness, Instant now) {
    Optional<CompleteStudy> closed =
        transaction.execute(
            status -> {
              Optional<CompleteStudy> complete = ledger.close(studyInstanceUid, completeness, now);
              complete.ifPresent(this::follow);
              return complete;
            });
    if (closed.isPresent()) {
      changes.publish(studyInstanceUid);
    }
  }

  private void follow(CompleteStudy study) {
    completion.get().studyCompleted(study);
    auditTrail.append(
        new AuditAct(
            AuditAction.STUDY_COMPLETED,
            Outcome.SUCCESS,
            "service",
            study.studyInstanceUid(),
            null,
            Map.of(
                "revision", Integer.toString(study.revision()),
                "instances", Integer.toString(study.contents().instanceCount()),
                "newInstances", Integer.toString(study.contents().newInstanceCount()),
                "completeness", study.completeness().name(),
                "reason", study.reason())));
  }

  /** Does something with the time at which the study is due, while nobody can change the study. */
  void whileLocked(
      String studyInstanceUid,
      StudyCompleteness completeness,
      Instant now,
      Consumer<Optional<Instant>> action) {
    transaction.executeWithoutResult(
        status -> action.accept(ledger.dueToClose(studyInstanceUid, completeness, now)));
  }
}
