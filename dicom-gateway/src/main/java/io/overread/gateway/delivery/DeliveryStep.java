package io.overread.gateway.delivery;

import static io.overread.gateway.delivery.DeliveryState.QUEUED;
import static io.overread.gateway.delivery.DeliveryState.SENT;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.overread.gateway.delivery.DeliveryLedger.Happening;
import io.overread.gateway.delivery.Destinations.Destination;
import io.overread.gateway.delivery.ResultSender.Answer;
import io.overread.gateway.delivery.ResultSender.Proof;
import io.overread.gateway.delivery.ResultSender.Sending;
import io.overread.gateway.result.NotBuiltException;
import io.overread.gateway.study.StudyChanges;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** One step of a delivery: sends the object, or asks for it. */
final class DeliveryStep {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryStep.class);

  /** Associations or requests at once to one destination. */
  private static final int AT_ONCE = 2;

  private final DeliveryLedger ledger;
  private final ResultStore store;
  private final Destinations destinations;
  private final DeliveryCommitments commitments;
  private final TransactionTemplate transaction;
  private final StudyChanges changes;
  private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();

  DeliveryStep(
      DeliveryLedger ledger,
      ResultStore store,
      Destinations destinations,
      DeliveryCommitments commitments,
      TransactionTemplate transaction,
      StudyChanges changes) {
    this.ledger = ledger;
    this.store = store;
    this.destinations = destinations;
    this.commitments = commitments;
    this.transaction = transaction;
    this.changes = changes;
  }

  /** Takes it and says what came of it; whatever goes wrong counts as a try. */
  void take(Delivery delivery, SchedulerClient scheduler) {
    Optional<String> committer =
        destinations.find(delivery.destination()).flatMap(Destination::committer);
    if (delivery.progress().state() == SENT
        && delivery.commitment() == null
        && committer.isPresent()) {
      commitments.ask(delivery.id(), committer.get());
      return;
    }
    Happening happening;
    try {
      happening = inTurn(delivery);
    } catch (RuntimeException e) {
      LOG.warn("The delivery {} went wrong", delivery.id(), e);
      happening = failed("it went wrong here: " + e.getClass().getSimpleName());
    }
    settle(delivery, happening, scheduler);
    changes.publish(delivery.object().studyInstanceUid());
  }

  private void settle(Delivery delivery, Happening happening, SchedulerClient scheduler) {
    transaction.executeWithoutResult(
        status -> {
          Optional<Delivery> moved =
              ledger.happened(delivery.id(), delivery.progress().state(), happening);
          if (moved.isPresent() && moved.get().progress().state() == SENT && !isProved(delivery)) {
            ledger.restAsSent(delivery.id());
          }
          ledger
              .nextStep(delivery.id())
              .ifPresent(next -> DeliverResult.wake(delivery.id(), next, scheduler));
        });
  }

  private boolean isProved(Delivery delivery) {
    return destinations
        .find(delivery.destination())
        .map(destination -> destination.rule().proof())
        .orElse(false);
  }

  private Happening inTurn(Delivery delivery) {
    Optional<Destination> destination = destinations.find(delivery.destination());
    if (destination.isEmpty()) {
      return failed("the settings have no such destination any more");
    }
    Semaphore turn = turns.computeIfAbsent(delivery.destination(), _ -> new Semaphore(AT_ONCE));
    turn.acquireUninterruptibly();
    try {
      return delivery.progress().state() == QUEUED
          ? send(delivery, destination.get().sender())
          : prove(delivery, destination.get().sender());
    } finally {
      turn.release();
    }
  }

  private Happening send(Delivery delivery, ResultSender sender) {
    try {
      Sending sending =
          sender.send(delivery.object(), store.file(delivery.object().sopInstanceUid()));
      return switch (sending) {
        case Sending.Accepted(var answer) -> Happening.of(DeliveryEvent.ACCEPTED, answer);
        case Sending.Refused(var answer) -> Happening.of(DeliveryEvent.REFUSED, answer);
        case Sending.FailedForNow(var answer) -> Happening.of(DeliveryEvent.FAILED_FOR_NOW, answer);
      };
    } catch (NotBuiltException e) {
      return Happening.of(DeliveryEvent.NOT_BUILT, Answer.of(null, e.getMessage()));
    } catch (IOException e) {
      LOG.warn("An object of delivery {} can't be made at present", delivery.id(), e);
      return failed("the object can't be made at present");
    }
  }

  /** An archive may take a while to index what it took: not yet is no till the last try. */
  private Happening prove(Delivery delivery, ResultSender sender) {
    String status = delivery.progress().status();
    return switch (sender.prove(delivery.object())) {
      case Proof.Held(var how) -> Happening.of(DeliveryEvent.PROVED, Answer.of(status, how));
      case Proof.NotHeld(var reason) ->
          Happening.of(
              ledger.isLastTry(delivery) ? DeliveryEvent.NOT_FOUND : DeliveryEvent.FAILED_FOR_NOW,
              Answer.of(status, reason));
      case Proof.Unknown(var reason) ->
          Happening.of(DeliveryEvent.FAILED_FOR_NOW, Answer.of(status, "not proven: " + reason));
    };
  }

  private static Happening failed(String reason) {
    return Happening.of(DeliveryEvent.FAILED_FOR_NOW, Answer.of(null, reason));
  }
}
