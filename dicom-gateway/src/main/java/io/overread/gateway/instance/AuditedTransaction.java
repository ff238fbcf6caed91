package io.overread.gateway.instance;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditTrail;
import io.overread.gateway.instance.StorageFailure.CommitUncertain;
import java.util.List;
import org.springframework.transaction.support.TransactionTemplate;

/** Commits work together with the audit entry of it, or neither. */
public final class AuditedTransaction {

  /** The work; returns the act to be recorded. */
  @FunctionalInterface
  interface Work {
    AuditAct run();
  }

  private final TransactionTemplate transaction;
  private final AuditTrail auditTrail;

  /** Over the transactions in which the audit trail takes part. */
  public AuditedTransaction(TransactionTemplate transaction, AuditTrail auditTrail) {
    this.transaction = transaction;
    this.auditTrail = auditTrail;
  }

  /** Work that is several acts. */
  @FunctionalInterface
  interface Works {
    List<AuditAct> run();
  }

  /**
   * Runs the work and commits.
   *
   * @throws CommitUncertain when the commit itself failed, so that it may have taken place
   * @throws RuntimeException what the work threw; nothing was committed then
   */
  void commit(Work work) {
    commitAll(() -> List.of(work.run()));
  }

  /**
   * Runs the work and commits it with an entry for each act.
   *
   * @throws CommitUncertain when the commit itself failed, so that it may have taken place
   * @throws RuntimeException what the work threw; nothing was committed then
   */
  void commitAll(Works works) {
    boolean[] atCommit = {false};
    try {
      transaction.executeWithoutResult(
          status -> {
            // The chain of audit entries has one end: to be held no longer than it takes.
            auditTrail.appendAll(works.run());
            atCommit[0] = true;
          });
    } catch (RuntimeException e) {
      throw atCommit[0] ? new CommitUncertain(e) : e;
    }
  }
}
