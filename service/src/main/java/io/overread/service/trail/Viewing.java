package io.overread.service.trail;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Records who opened which study. */
@Component
public class Viewing {
  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  Viewing(AuditTrail trail, TransactionTemplate transaction) {
    this.trail = trail;
    this.transaction = transaction;
  }

  /** A user is shown a study; the act fails when it can't be recorded. */
  public void record(String username, String studyInstanceUid) {
    transaction.executeWithoutResult(
        status ->
            trail.append(
                new AuditAct(
                    AuditAction.STUDY_VIEWED,
                    Outcome.SUCCESS,
                    "user:" + username,
                    studyInstanceUid,
                    null,
                    Map.of())));
  }
}
