package io.overread.gateway.signal;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import io.overread.gateway.study.StudySignal;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionTemplate;

/** Hands signals to the listeners, each in a transaction with its entry in the audit trail. */
final class SignalDesk {

  private final TransactionTemplate transaction;
  private final AuditTrail auditTrail;
  private final Consumer<StudySignal> listeners;

  SignalDesk(
      TransactionTemplate transaction, AuditTrail auditTrail, Consumer<StudySignal> listeners) {
    this.transaction = transaction;
    this.auditTrail = auditTrail;
    this.listeners = listeners;
  }

  /** Runs the work in a transaction. */
  <T> T within(Supplier<T> work) {
    return Objects.requireNonNull(transaction.execute(_ -> work.get()));
  }

  /** Takes a signal, in the present transaction if there is one. */
  void take(StudySignal signal) {
    transaction.executeWithoutResult(
        _ -> {
          listeners.accept(signal);
          auditTrail.append(
              new AuditAct(
                  AuditAction.STUDY_SIGNALLED,
                  Outcome.SUCCESS,
                  "ae:" + signal.callingAeTitle(),
                  signal.studyInstanceUid(),
                  null,
                  detail(signal)));
        });
  }

  private static Map<String, String> detail(StudySignal signal) {
    int instances = signal.instancesBySeries().values().stream().mapToInt(Set::size).sum();
    String what =
        switch (signal) {
          case StudySignal.AvailabilityNotified notified -> notified.availability().name();
          case StudySignal.PerformedStepEnded ended -> ended.end().name();
        };
    return Map.of(
        "signal", what,
        "series", Integer.toString(signal.instancesBySeries().size()),
        "instances", Integer.toString(instances));
  }
}
