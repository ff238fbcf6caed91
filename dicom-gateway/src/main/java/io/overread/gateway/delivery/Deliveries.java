package io.overread.gateway.delivery;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.overread.gateway.delivery.DeliveryLedger.Happening;
import io.overread.gateway.delivery.Destinations.Destination;
import io.overread.gateway.delivery.ResultSender.Answer;
import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.result.ReportToDeliver;
import io.overread.gateway.result.ReportToDeliver.Identity;
import io.overread.gateway.result.ResultKind;
import io.overread.gateway.study.StudyChanges;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionTemplate;

/** What the rest of the product asks of deliveries: to make them due, show them, repeat them. */
public final class Deliveries {

  private final Destinations destinations;
  private final DeliveryRecords records;
  private final StoredInstances instances;
  private final TransactionTemplate transaction;
  private final Supplier<SchedulerClient> scheduler;
  private final Clock clock;

  /** What is recorded of deliveries. */
  record DeliveryRecords(
      DeliveryObjects objects, DeliveryTable table, DeliveryLedger ledger, StudyChanges changes) {}

  Deliveries(
      Destinations destinations,
      DeliveryRecords records,
      StoredInstances instances,
      TransactionTemplate transaction,
      Supplier<SchedulerClient> scheduler,
      Clock clock) {
    this.destinations = destinations;
    this.records = records;
    this.instances = instances;
    this.transaction = transaction;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /**
   * Makes due what the rules ask for on a version of a report; nothing where they ask for nothing.
   * Belongs to the transaction that makes the version.
   */
  public void makeDue(ReportToDeliver report) {
    Identity identity = report.identity();
    List<Destination> asking = new ArrayList<>();
    for (Destination destination : destinations.all()) {
      if (destination.rule().events().contains(identity.event())
          && !destination.rule().objects().isEmpty()) {
        asking.add(destination);
      }
    }
    if (asking.isEmpty()) {
      return;
    }
    Set<String> senders = instances.sendersOf(identity.studyInstanceUid());
    List<Destination> due = new ArrayList<>();
    for (Destination destination : asking) {
      if (destination.isLeftOutFor(senders)) {
        records
            .ledger()
            .leaveOut(identity.studyInstanceUid(), identity.reportId(), destination.name());
      } else {
        due.add(destination);
      }
    }
    if (!due.isEmpty()) {
      queue(report, due);
    }
  }

  private void queue(ReportToDeliver report, List<Destination> due) {
    Identity identity = report.identity();
    records.objects().insert(report, clock.instant().truncatedTo(ChronoUnit.MICROS));
    Map<ResultKind, String> objects = new EnumMap<>(ResultKind.class);
    for (Destination destination : due) {
      if (identity.event().isSigned()) {
        giveUpDrafts(identity.reportId(), destination.name());
      }
      for (ResultKind kind : ResultKind.values()) {
        if (destination.rule().objects().contains(kind)) {
          String object =
              objects.computeIfAbsent(
                  kind, each -> records.objects().insert(identity, each).sopInstanceUid());
          wake(records.ledger().queue(object, destination.name()));
        }
      }
    }
  }

  /** A draft that did not get there yet must not come after what was signed. */
  private void giveUpDrafts(UUID reportId, String destination) {
    for (Delivery draft : records.table().queuedDrafts(reportId, destination)) {
      records
          .ledger()
          .happened(
              draft.id(),
              DeliveryState.QUEUED,
              Happening.of(
                  DeliveryEvent.OUTDATED,
                  Answer.of(null, "a signed version of the report takes its place")));
    }
  }

  /** Those of a study, the newest version of its reports first. */
  public List<Delivery> ofStudy(String studyInstanceUid) {
    return records.table().ofStudy(studyInstanceUid);
  }

  /**
   * Sends an object again, whatever became of it, and counts its tries anew.
   *
   * @param actor who asks, as the audit trail names people
   * @return the delivery as it is now, or empty where the study has no such one
   */
  public Optional<Delivery> resend(String studyInstanceUid, UUID id, String actor) {
    Optional<Delivery> resent =
        transaction.execute(
            status -> {
              Optional<Delivery> moved =
                  records
                      .table()
                      .lock(id)
                      .filter(it -> it.object().studyInstanceUid().equals(studyInstanceUid))
                      .flatMap(
                          it ->
                              records
                                  .ledger()
                                  .happened(
                                      id,
                                      it.progress().state(),
                                      new Happening(
                                          DeliveryEvent.RESENT, Answer.of(null, null), actor)));
              moved.ifPresent(this::wake);
              return moved;
            });
    if (resent == null || resent.isEmpty()) {
      return Optional.empty();
    }
    records.changes().publish(studyInstanceUid);
    return resent;
  }

  private void wake(Delivery delivery) {
    var next = delivery.progress().nextStepAt();
    if (next != null) {
      DeliverResult.wake(delivery.id(), next, scheduler.get());
    }
  }
}
