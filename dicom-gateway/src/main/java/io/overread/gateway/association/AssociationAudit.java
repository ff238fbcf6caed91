package io.overread.gateway.association;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import io.overread.dicom.net.AssociationEvent;
import io.overread.dicom.net.AssociationInfo;
import io.overread.dicom.net.AssociationListener;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Enters each association that is accepted or refused into the audit trail. One that can't be
 * entered isn't accepted: what is thrown here aborts it.
 */
public final class AssociationAudit implements AssociationListener {

  private static final Logger LOG = LoggerFactory.getLogger(AssociationAudit.class);

  private final AuditTrail auditTrail;
  private final TransactionTemplate transaction;

  /** Entries into a trail, each in a transaction of its own. */
  public AssociationAudit(AuditTrail auditTrail, TransactionTemplate transaction) {
    this.auditTrail = auditTrail;
    this.transaction = transaction;
  }

  @Override
  public void on(AssociationEvent event) {
    switch (event) {
      case AssociationEvent.Accepted accepted ->
          append(
              AuditAction.ASSOCIATION_ACCEPTED,
              Outcome.SUCCESS,
              accepted.association(),
              Map.of("presentationContexts", Integer.toString(accepted.contexts().size())));
      case AssociationEvent.Refused refused ->
          append(
              AuditAction.ASSOCIATION_REFUSED,
              Outcome.REFUSED,
              refused.association(),
              Map.of("reason", refused.rejection().reason().name()));
      case AssociationEvent.Released released ->
          LOG.debug("Association {} was released", released.association().number());
      case AssociationEvent.Aborted aborted ->
          LOG.info("Association {} ended: {}", aborted.association().number(), aborted.end());
      case AssociationEvent.ConnectionDropped dropped ->
          LOG.info("A connection became no association: {}", dropped.detail());
      case AssociationEvent.HandlerFailed failed ->
          LOG.error("A C-STORE request could not be handled", failed.failure());
      case AssociationEvent.ServiceFailed failed ->
          LOG.error("A request of SOP Class {} failed", failed.sopClassUid(), failed.failure());
    }
  }

  private void append(
      AuditAction action, Outcome outcome, AssociationInfo association, Map<String, String> more) {
    Map<String, String> detail = new TreeMap<>(more);
    detail.put("association", Long.toString(association.number()));
    detail.put("calledAeTitle", association.calledAeTitle());
    detail.put("remoteAddress", association.remoteAddress().getAddress().getHostAddress());
    detail.put("implementationClassUid", association.peer().classUid());
    transaction.executeWithoutResult(
        status ->
            auditTrail.append(
                new AuditAct(
                    action, outcome, "ae:" + association.callingAeTitle(), null, null, detail)));
  }
}
