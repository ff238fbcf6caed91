package io.overread.gateway.delivery;

import static io.overread.gateway.delivery.DeliveryState.SENT;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.overread.gateway.commitment.CommitmentListener;
import io.overread.gateway.commitment.CommitmentOutcome;
import io.overread.gateway.commitment.CommitmentRequests;
import io.overread.gateway.commitment.InstanceReference;
import io.overread.gateway.delivery.Delivery.SentObject;
import io.overread.gateway.delivery.DeliveryLedger.Happening;
import io.overread.gateway.delivery.ResultSender.Answer;
import io.overread.gateway.study.StudyChanges;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Proves deliveries by Storage Commitment (PS3.4 J). The peer's yes is the proof. Its no counts as
 * a try, and it is asked anew later: an archive may commit only to what it has indexed. Where it
 * can't commit to such objects, can't be asked or stays silent, the object is asked for by C-FIND
 * instead; a report that comes all the same still counts.
 */
final class DeliveryCommitments implements CommitmentListener {

  private static final int SOP_CLASS_NOT_SUPPORTED = 0x0122;

  private final DeliveryTable table;
  private final DeliveryLedger ledger;
  private final Duration within;
  private final StudyChanges changes;
  private final Clock clock;
  private final Surroundings surroundings;

  /** What is asked for late: the scheduler needs the tasks of deliveries first. */
  record Surroundings(
      TransactionTemplate transaction,
      Supplier<CommitmentRequests> requests,
      Supplier<SchedulerClient> scheduler) {}

  DeliveryCommitments(
      DeliveryTable table,
      DeliveryLedger ledger,
      Duration within,
      StudyChanges changes,
      Clock clock,
      Surroundings surroundings) {
    this.table = table;
    this.ledger = ledger;
    this.within = within;
    this.changes = changes;
    this.clock = clock;
    this.surroundings = surroundings;
  }

  /** Has the peer asked to commit to an object that it took, unless somebody decided meanwhile. */
  void ask(UUID id, String peer) {
    surroundings
        .transaction()
        .executeWithoutResult(
            _ ->
                table
                    .lock(id)
                    .filter(it -> it.progress().state() == SENT && it.commitment() == null)
                    .ifPresent(
                        it -> {
                          SentObject object = it.object();
                          var reference =
                              new InstanceReference(
                                  object.kind().sopClassUid(), object.sopInstanceUid());
                          table.commitment(
                              id, surroundings.requests().get().ask(peer, List.of(reference)));
                          stepAt(id, clock.instant().plus(within));
                        }));
  }

  @Override
  public void settled(CommitmentOutcome outcome) {
    table
        .lockByCommitment(outcome.transactionUid())
        .filter(delivery -> delivery.progress().state() == SENT)
        .ifPresent(delivery -> settled(delivery, outcome));
  }

  private void settled(Delivery delivery, CommitmentOutcome outcome) {
    switch (outcome) {
      case CommitmentOutcome.Unanswered _ -> stepAt(delivery.id(), clock.instant());
      case CommitmentOutcome.Answered answered -> {
        Integer failure = answered.failed().get(delivery.object().sopInstanceUid());
        if (failure == null) {
          happened(
              delivery,
              DeliveryEvent.PROVED,
              Answer.of(delivery.progress().status(), "committed by Storage Commitment"));
        } else if (failure == SOP_CLASS_NOT_SUPPORTED) {
          stepAt(delivery.id(), clock.instant());
        } else {
          failed(delivery, failure);
        }
      }
    }
  }

  private void failed(Delivery delivery, int failure) {
    table.commitment(delivery.id(), null);
    happened(
        delivery,
        ledger.isLastTry(delivery) ? DeliveryEvent.NOT_FOUND : DeliveryEvent.FAILED_FOR_NOW,
        Answer.of(
            failure == 0 ? null : String.format(Locale.ROOT, "%04X", failure),
            "the peer does not commit to it: " + inWords(failure)));
  }

  private void happened(Delivery delivery, DeliveryEvent event, Answer answer) {
    Optional<Delivery> moved = ledger.happened(delivery.id(), SENT, Happening.of(event, answer));
    moved.map(it -> it.progress().nextStepAt()).ifPresent(next -> stepAt(delivery.id(), next));
    String study = delivery.object().studyInstanceUid();
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            changes.publish(study);
          }
        });
  }

  private void stepAt(UUID id, Instant at) {
    ledger.stepAt(id, at);
    ledger
        .nextStep(id)
        .ifPresent(next -> DeliverResult.wake(id, next, surroundings.scheduler().get()));
  }

  /** Failure Reasons (0008,1197) of commitment (PS3.3 C.14.1.1). */
  private static String inWords(int failure) {
    return Map.of(
            0, "it gives no reason",
            0x0110, "processing failure",
            0x0112, "no such object instance",
            0x0119, "another SOP Class than it has",
            0x0131, "duplicate transaction",
            0x0213, "out of resources")
        .getOrDefault(failure, "failure");
  }
}
