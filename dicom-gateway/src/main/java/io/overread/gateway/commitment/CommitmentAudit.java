package io.overread.gateway.commitment;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions of commitments, each with its entry in the audit trail. */
final class CommitmentAudit {

  static final String OURSELVES = "service";

  private final AuditTrail auditTrail;
  private final TransactionTemplate transaction;

  CommitmentAudit(AuditTrail auditTrail, TransactionTemplate transaction) {
    this.auditTrail = auditTrail;
    this.transaction = transaction;
  }

  static String ae(String title) {
    return "ae:" + title;
  }

  /** Runs the work in a transaction. */
  <T> T within(Supplier<T> work) {
    return Objects.requireNonNull(transaction.execute(_ -> work.get()));
  }

  /** Enters an act into the present transaction. */
  void append(
      AuditAction action,
      Outcome outcome,
      String actor,
      String transactionUid,
      Map<String, String> detail) {
    auditTrail.append(new AuditAct(action, outcome, actor, null, transactionUid, detail));
  }
}
