package io.overread.gateway.association;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import io.overread.dicom.net.AssociationEvent;
import io.overread.dicom.net.AssociationInfo;
import io.overread.dicom.net.AssociationListener;
import io.overread.dicom.net.tls.TlsSession;
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

  private static final int LONGEST_TEXT = 500;

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
              accepted(accepted));
      case AssociationEvent.Refused refused ->
          append(
              AuditAction.ASSOCIATION_REFUSED,
              Outcome.REFUSED,
              refused.association(),
              Map.of(
                  "result", refused.rejection().result().name(),
                  "reason", refused.rejection().reason().name(),
                  "cause", refused.cause()));
      case AssociationEvent.NotSecured failed ->
          append(
              new AuditAct(
                  AuditAction.ASSOCIATION_REFUSED,
                  Outcome.REFUSED,
                  "service",
                  null,
                  null,
                  Map.of(
                      "remoteAddress",
                      failed.remoteAddress().getAddress().getHostAddress(),
                      "cause",
                      "TLS: " + shortened(failed.cause()))));
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

  private static Map<String, String> accepted(AssociationEvent.Accepted accepted) {
    Map<String, String> detail = new TreeMap<>();
    detail.put("presentationContexts", Integer.toString(accepted.contexts().size()));
    detail.put("peer", accepted.decision().limit().peer());
    String user = accepted.decision().user();
    if (user != null) {
      detail.put("userIdentity", shortened(user));
    }
    return detail;
  }

  private void append(
      AuditAction action, Outcome outcome, AssociationInfo association, Map<String, String> more) {
    Map<String, String> detail = new TreeMap<>(more);
    detail.put("association", Long.toString(association.number()));
    detail.put("calledAeTitle", association.calledAeTitle());
    detail.put("remoteAddress", association.remoteAddress().getAddress().getHostAddress());
    detail.put("implementationClassUid", association.peer().classUid());
    TlsSession tls = association.connection().tls();
    if (tls != null) {
      detail.put("tls", tls.protocol() + " " + tls.cipherSuite());
      if (tls.peerCertificate() != null) {
        detail.put(
            "certificateSubject",
            shortened(tls.peerCertificate().getSubjectX500Principal().getName()));
        detail.put("certificateSha256", TlsSession.sha256(tls.peerCertificate()));
      }
    }
    append(new AuditAct(action, outcome, "ae:" + association.callingAeTitle(), null, null, detail));
  }

  private void append(AuditAct act) {
    transaction.executeWithoutResult(status -> auditTrail.append(act));
  }

  /** What peers can make as long as they like. */
  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
  }
}
