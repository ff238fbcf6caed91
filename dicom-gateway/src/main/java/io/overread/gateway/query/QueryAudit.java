package io.overread.gateway.query;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import io.overread.dicom.net.AssociationInfo;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** Enters what peers learn of into the audit trail, before they learn of it. */
final class QueryAudit {

  private final AuditTrail auditTrail;
  private final TransactionTemplate transaction;

  QueryAudit(AuditTrail auditTrail, TransactionTemplate transaction) {
    this.auditTrail = auditTrail;
    this.transaction = transaction;
  }

  void append(
      AuditAction action,
      Outcome outcome,
      AssociationInfo peer,
      @Nullable String studyInstanceUid,
      Map<String, String> more) {
    Map<String, String> detail = new TreeMap<>(more);
    detail.put("association", Long.toString(peer.number()));
    detail.put("remoteAddress", peer.remoteAddress().getAddress().getHostAddress());
    transaction.executeWithoutResult(
        _ ->
            auditTrail.append(
                new AuditAct(
                    action,
                    outcome,
                    "ae:" + peer.callingAeTitle(),
                    studyInstanceUid,
                    null,
                    detail)));
  }
}
