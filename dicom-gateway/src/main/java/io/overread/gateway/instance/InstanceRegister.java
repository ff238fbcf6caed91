package io.overread.gateway.instance;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.Outcome;
import io.overread.gateway.study.ArrivedInstance;
import io.overread.gateway.study.CloseStudy;
import io.overread.gateway.study.StudyLedger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Enters an instance whose file is in its place: study, series and instance, the closing of the
 * study made due, and the audit entry, in one transaction.
 */
public final class InstanceRegister {

  private final StoredInstances instances;
  private final StudyLedger ledger;
  private final CloseStudy closeStudy;
  private final SchedulerClient scheduler;
  private final AuditedTransaction transaction;
  private final OwnResults ownResults;

  /** A register with its collaborators, all over the same database. */
  public InstanceRegister(
      StoredInstances instances,
      StudyLedger ledger,
      CloseStudy closeStudy,
      SchedulerClient scheduler,
      AuditedTransaction transaction,
      OwnResults ownResults) {
    this.instances = instances;
    this.ledger = ledger;
    this.closeStudy = closeStudy;
    this.scheduler = scheduler;
    this.transaction = transaction;
    this.ownResults = ownResults;
  }

  /** Enters the instance and commits. */
  void enter(StoredInstance instance, InstanceHeader header, Arrival arrival) {
    transaction.commit(
        () -> {
          if (ownResults.include(header)) {
            ledger.resultArrived(header.arrival());
            instances.insert(instance);
            instances.markOwnResult(instance.sopInstanceUid());
            Map<String, String> detail = detail(instance, arrival, List.of());
            detail.put("ownResult", "true");
            return act(AuditAction.INSTANCE_STORED, instance, arrival, detail);
          }
          // First the study's row: whoever holds its lock decides about the study.
          ArrivedInstance arrived = ledger.instanceArrived(header.arrival());
          instances.insert(instance);
          makeClosingDue(arrived);
          return act(
              AuditAction.INSTANCE_STORED,
              instance,
              arrival,
              detail(instance, arrival, arrived.conflicts()));
        });
  }

  private void makeClosingDue(ArrivedInstance arrived) {
    try {
      closeStudy.wakeAfter(arrived, scheduler);
    } catch (RuntimeException e) {
      // db-scheduler has exceptions of its own for a database that fails.
      throw new StorageFailure("the closing of the study can't be made due", e);
    }
  }

  /** Records that the same object was sent again; nothing else changes. */
  void enterDuplicate(StoredInstance known, Arrival arrival) {
    transaction.commit(
        () ->
            act(AuditAction.INSTANCE_DUPLICATE, known, arrival, detail(known, arrival, List.of())));
  }

  /** Records that an object could not be kept for want of resources. */
  void enterFailure(Arrival arrival, Map<String, String> detail) {
    transaction.commit(
        () ->
            new AuditAct(
                AuditAction.INSTANCE_REFUSED,
                Outcome.FAILED,
                arrival.actor(),
                null,
                arrival.sopInstanceUid(),
                detail));
  }

  private static AuditAct act(
      AuditAction action, StoredInstance instance, Arrival arrival, Map<String, String> detail) {
    return new AuditAct(
        action,
        Outcome.SUCCESS,
        arrival.actor(),
        instance.studyInstanceUid(),
        instance.sopInstanceUid(),
        detail);
  }

  private static Map<String, String> detail(
      StoredInstance instance, Arrival arrival, List<String> conflicts) {
    Map<String, String> detail = new TreeMap<>();
    detail.put("dataSetDigest", instance.file().dataSetDigest());
    detail.put("fileDigest", instance.file().fileDigest());
    detail.put("sizeBytes", Long.toString(instance.file().sizeBytes()));
    detail.put("remoteAddress", arrival.remoteAddress());
    if (!conflicts.isEmpty()) {
      // Keywords only: an entry can never be changed, so it must hold no patient data.
      detail.put("patientConflict", String.join(",", conflicts));
    }
    return detail;
  }
}
