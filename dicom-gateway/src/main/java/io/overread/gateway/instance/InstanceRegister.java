package io.overread.gateway.instance;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.Outcome;
import io.overread.gateway.study.ArrivedInstance;
import io.overread.gateway.study.CloseStudy;
import io.overread.gateway.study.StudyArrival;
import io.overread.gateway.study.StudyLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Enters instances whose files are in their place: study, series and instance, the closing of the
 * study made due, and the audit entries, in one transaction.
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

  /**
   * Enters instances, all or none, and commits.
   *
   * @throws io.overread.gateway.instance.StorageFailure.CommitUncertain when they may be entered
   */
  void enter(List<Pending> arrived) {
    transaction.commitAll(
        () -> {
          Map<Boolean, List<Pending>> ours =
              arrived.stream()
                  .collect(Collectors.partitioningBy(each -> ownResults.include(each.header())));
          List<Pending> own = ours.getOrDefault(true, List.of());
          List<Pending> others = ours.getOrDefault(false, List.of());
          // First the rows of the studies: whoever holds their locks decides about them.
          Noted noted = noteInStudies(others);
          own.forEach(result -> ledger.resultArrived(result.header().arrival()));
          instances.insert(arrived.stream().map(Pending::instance).toList());
          own.forEach(result -> instances.markOwnResult(result.instance().sopInstanceUid()));
          makeClosingsDue(noted);
          List<AuditAct> acts = new ArrayList<>(arrived.size());
          for (int i = 0; i < others.size(); i++) {
            acts.add(stored(others.get(i), noted.conflicts().get(i), Map.of()));
          }
          own.forEach(result -> acts.add(stored(result, List.of(), Map.of("ownResult", "true"))));
          return acts;
        });
  }

  private static AuditAct stored(
      Pending pending, List<String> conflicts, Map<String, String> more) {
    Map<String, String> detail = detail(pending.instance(), pending.arrival(), conflicts);
    detail.putAll(more);
    return act(AuditAction.INSTANCE_STORED, pending.instance(), pending.arrival(), detail);
  }

  /**
   * What the ledger made of instances.
   *
   * @param conflicts of each, in order
   * @param latest the last one of each study
   */
  private record Noted(List<List<String>> conflicts, Map<String, ArrivedInstance> latest) {}

  /**
   * Tells the ledger of the first and of the last of those that describe study and series alike,
   * which is what it would make of all of them: the slices of a series cost as much as two.
   */
  private Noted noteInStudies(List<Pending> arrived) {
    Map<StudyArrival, List<String>> conflicts = new HashMap<>();
    Map<StudyArrival, StudyArrival> lastOfMany = new LinkedHashMap<>();
    Noted noted = new Noted(new ArrayList<>(arrived.size()), new TreeMap<>());
    for (Pending pending : arrived) {
      StudyArrival arrival = pending.header().arrival();
      StudyArrival alike = alike(arrival);
      List<String> known = conflicts.get(alike);
      if (known == null) {
        known = note(arrival, noted).conflicts();
        conflicts.put(alike, known);
      } else {
        lastOfMany.merge(alike, arrival, InstanceRegister::later);
      }
      noted.conflicts().add(known);
    }
    lastOfMany.values().forEach(arrival -> note(arrival, noted));
    return noted;
  }

  private ArrivedInstance note(StudyArrival arrival, Noted noted) {
    ArrivedInstance made = ledger.instanceArrived(arrival);
    noted
        .latest()
        .merge(
            arrival.studyInstanceUid(),
            made,
            (one, other) -> one.at().isAfter(other.at()) ? one : other);
    return made;
  }

  private static StudyArrival later(StudyArrival one, StudyArrival other) {
    return one.at().isBefore(other.at()) ? other : one;
  }

  private static StudyArrival alike(StudyArrival arrival) {
    return new StudyArrival(
        arrival.studyInstanceUid(),
        arrival.seriesInstanceUid(),
        arrival.patient(),
        arrival.study(),
        arrival.series(),
        Instant.EPOCH);
  }

  private void makeClosingsDue(Noted noted) {
    try {
      noted.latest().values().forEach(arrived -> closeStudy.wakeAfter(arrived, scheduler));
    } catch (RuntimeException e) {
      // db-scheduler has exceptions of its own for a database that fails.
      throw new StorageFailure("the closing of the study can't be made due", e);
    }
  }

  /**
   * Enters that an object is here again whose file retention had deleted, and commits.
   *
   * @param place puts the file into its place; nobody deletes it there meanwhile
   */
  void enterRestored(StoredInstance restored, Arrival arrival, Instant at, Runnable place) {
    transaction.commit(
        () -> {
          ledger.imagesRestored(restored.studyInstanceUid(), at);
          instances.restored(restored.sopInstanceUid(), restored.file());
          place.run();
          Map<String, String> detail = detail(restored, arrival, List.of());
          detail.put("restored", "true");
          return act(AuditAction.INSTANCE_STORED, restored, arrival, detail);
        });
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
