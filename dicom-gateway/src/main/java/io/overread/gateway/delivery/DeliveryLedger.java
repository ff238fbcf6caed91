package io.overread.gateway.delivery;

import static io.overread.gateway.delivery.DeliveryState.QUEUED;
import static io.overread.gateway.delivery.DeliveryState.SENT;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import io.overread.gateway.delivery.Delivery.Progress;
import io.overread.gateway.delivery.Delivery.SentObject;
import io.overread.gateway.delivery.ResultSender.Answer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Moves deliveries along {@link DeliveryLifeCycle}, each step with its audit entry. What it writes
 * belongs to the transaction of its caller.
 */
final class DeliveryLedger {

  private static final String SERVICE = "service";

  private final DeliveryTable table;
  private final DeliveryProperties properties;
  private final AuditTrail audit;
  private final Clock clock;

  DeliveryLedger(
      DeliveryTable table, DeliveryProperties properties, AuditTrail audit, Clock clock) {
    this.table = table;
    this.properties = properties;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What happened, and what is said of it.
   *
   * @param actor who made it happen
   */
  record Happening(DeliveryEvent event, Answer answer, String actor) {

    static Happening of(DeliveryEvent event, Answer answer) {
      return new Happening(event, answer, SERVICE);
    }
  }

  /** Adds a delivery that is due now. */
  Delivery queue(String sopInstanceUid, String destination) {
    UUID id = UUID.randomUUID();
    table.insert(id, sopInstanceUid, destination, now());
    Delivery delivery = table.find(id).orElseThrow();
    append(AuditAction.DELIVERY_QUEUED, Outcome.SUCCESS, delivery, SERVICE, null);
    return delivery;
  }

  /** Records that a destination gets nothing of a study, because it sent the study itself. */
  void leaveOut(String studyInstanceUid, UUID reportId, String destination) {
    audit.append(
        new AuditAct(
            AuditAction.DELIVERY_QUEUED,
            Outcome.REFUSED,
            SERVICE,
            studyInstanceUid,
            "DiagnosticReport/" + reportId,
            Map.of("destination", destination, "reason", "it sent the study itself")));
  }

  /**
   * Moves a delivery along. A failure counts as a try; the last one gives up.
   *
   * @param from the state in which the event came about; where it is another by now, somebody
   *     decided meanwhile, and nothing happens
   * @return the delivery as it is now, or empty where nothing happened
   */
  Optional<Delivery> happened(UUID id, DeliveryState from, Happening happening) {
    Delivery delivery = table.lock(id).orElse(null);
    if (delivery == null || delivery.progress().state() != from) {
      return Optional.empty();
    }
    int tries = delivery.progress().tries() + 1;
    DeliveryEvent event = happening.event();
    if (event == DeliveryEvent.FAILED_FOR_NOW && isLastTry(delivery)) {
      event = DeliveryEvent.TRIES_SPENT;
    }
    DeliveryState to = DeliveryLifeCycle.after(from, event).orElse(null);
    if (to == null) {
      return Optional.empty();
    }
    table.update(id, progress(event, to, tries, happening));
    if (to == QUEUED) {
      table.commitment(id, null); // What the peer says of the object as it was sent before is past.
    }
    Delivery moved = table.find(id).orElseThrow();
    append(event.action(), event.outcome(), moved, happening.actor(), happening.answer().reason());
    return Optional.of(moved);
  }

  private Progress progress(DeliveryEvent event, DeliveryState to, int tries, Happening happening) {
    Instant now = now();
    return switch (event) {
      case FAILED_FOR_NOW ->
          progress(to, tries, happening, now.plus(properties.waitAfter(tries)), now);
      case ACCEPTED, RESENT -> progress(to, 0, happening, now, now);
      default -> progress(to, tries, happening, null, now);
    };
  }

  private static Progress progress(
      DeliveryState to, int tries, Happening happening, @Nullable Instant next, Instant now) {
    return new Progress(
        to, tries, happening.answer().status(), happening.answer().words(), next, now);
  }

  /** Whether a failure would spend the last try. */
  boolean isLastTry(Delivery delivery) {
    return delivery.progress().tries() + 1 >= properties.tries();
  }

  /** Nothing more is done about a delivery that was taken, and whose proof is not asked for. */
  void restAsSent(UUID id) {
    table
        .lock(id)
        .filter(delivery -> delivery.progress().state() == SENT)
        .ifPresent(delivery -> table.rest(id));
  }

  /**
   * Takes a step that is due, for a while in which nobody else does.
   *
   * @return the delivery, or empty where nothing is due
   */
  Optional<Delivery> begin(UUID id, Instant until) {
    Optional<Delivery> due =
        table
            .lock(id)
            .filter(
                delivery -> {
                  Instant next = delivery.progress().nextStepAt();
                  return next != null && !next.isAfter(now());
                })
            .filter(
                delivery ->
                    delivery.progress().state() == QUEUED || delivery.progress().state() == SENT);
    due.ifPresent(delivery -> table.postpone(id, until));
    return due;
  }

  /** Something is to be done at that time, unless the delivery came to its end meanwhile. */
  void stepAt(UUID id, Instant at) {
    table
        .lock(id)
        .filter(delivery -> delivery.progress().nextStepAt() != null)
        .ifPresent(delivery -> table.postpone(id, at));
  }

  /** When there is something to do; holds the lock, so that the answer stays true. */
  Optional<Instant> nextStep(UUID id) {
    return table
        .lock(id)
        .flatMap(delivery -> Optional.ofNullable(delivery.progress().nextStepAt()));
  }

  /**
   * Never with the destination's own words: an entry can't be changed, and holds no patient data.
   */
  private void append(
      AuditAction action,
      Outcome outcome,
      Delivery delivery,
      String actor,
      @Nullable String reason) {
    SentObject object = delivery.object();
    Progress progress = delivery.progress();
    Map<String, String> detail = new TreeMap<>();
    detail.put("destination", delivery.destination());
    detail.put("kind", object.kind().name());
    detail.put("event", object.event().name());
    detail.put("report", object.reportId().toString());
    detail.put("version", Integer.toString(object.reportVersion()));
    detail.put("state", progress.state().name());
    put(detail, "digest", object.digest());
    put(detail, "status", progress.status());
    put(detail, "reason", reason);
    audit.append(
        new AuditAct(
            action, outcome, actor, object.studyInstanceUid(), object.sopInstanceUid(), detail));
  }

  private static void put(Map<String, String> detail, String key, @Nullable String value) {
    if (value != null) {
      detail.put(key, value);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
