package io.overread.service;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import io.overread.service.session.FirstUser;
import io.overread.service.settings.OverreadSettings;
import io.overread.vlm.VisionLanguageModel;
import java.util.Map;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What the service does once when it starts and when it stops. */
@Component
class ServiceLife {
  private final FirstUser firstUser;
  private final OverreadSettings settings;
  private final VisionLanguageModel model;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;
  private volatile boolean started;

  ServiceLife(
      FirstUser firstUser,
      OverreadSettings settings,
      VisionLanguageModel model,
      AuditTrail trail,
      TransactionTemplate transaction) {
    this.firstUser = firstUser;
    this.settings = settings;
    this.model = model;
    this.trail = trail;
    this.transaction = transaction;
  }

  @EventListener
  void ready(ApplicationReadyEvent ready) {
    // To the terminal and never to the log, which is kept and copied.
    firstUser
        .ensure(settings.adminPassword())
        .ifPresent(
            password ->
                System.out.println(
                    "\nFirst start: sign in as admin with the password "
                        + password
                        + "\nIt is shown this once.\n"));
    record(AuditAction.SERVICE_STARTED);
    started = true;
  }

  @EventListener
  void closed(ContextClosedEvent closed) {
    if (started) {
      started = false;
      record(AuditAction.SERVICE_STOPPED);
    }
  }

  private void record(AuditAction action) {
    transaction.executeWithoutResult(
        status ->
            trail.append(
                new AuditAct(
                    action,
                    Outcome.SUCCESS,
                    "service",
                    null,
                    null,
                    Map.of("modelDigest", model.identity().digest()))));
  }
}
