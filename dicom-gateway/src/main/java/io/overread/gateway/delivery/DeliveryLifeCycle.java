package io.overread.gateway.delivery;

import static io.overread.gateway.delivery.DeliveryEvent.ACCEPTED;
import static io.overread.gateway.delivery.DeliveryEvent.FAILED_FOR_NOW;
import static io.overread.gateway.delivery.DeliveryEvent.NOT_BUILT;
import static io.overread.gateway.delivery.DeliveryEvent.NOT_FOUND;
import static io.overread.gateway.delivery.DeliveryEvent.OUTDATED;
import static io.overread.gateway.delivery.DeliveryEvent.PROVED;
import static io.overread.gateway.delivery.DeliveryEvent.RESENT;
import static io.overread.gateway.delivery.DeliveryEvent.TRIES_SPENT;
import static io.overread.gateway.delivery.DeliveryState.COMMITTED;
import static io.overread.gateway.delivery.DeliveryState.GIVEN_UP;
import static io.overread.gateway.delivery.DeliveryState.QUEUED;
import static io.overread.gateway.delivery.DeliveryState.REFUSED;
import static io.overread.gateway.delivery.DeliveryState.SENT;

import java.util.Map;
import java.util.Optional;

/**
 * The life of a delivery as one transition table. Only the peer's own answer makes it SENT, and
 * only asking the peer for the object makes it COMMITTED. A proof that can't be asked for leaves it
 * SENT: the peer did take it.
 */
final class DeliveryLifeCycle {

  private static final Map<DeliveryState, Map<DeliveryEvent, DeliveryState>> TRANSITIONS =
      Map.of(
          QUEUED,
          Map.of(
              ACCEPTED,
              SENT,
              FAILED_FOR_NOW,
              QUEUED,
              DeliveryEvent.REFUSED,
              REFUSED,
              TRIES_SPENT,
              GIVEN_UP,
              NOT_BUILT,
              GIVEN_UP,
              OUTDATED,
              GIVEN_UP,
              RESENT,
              QUEUED),
          SENT,
          Map.of(
              PROVED, COMMITTED,
              FAILED_FOR_NOW, SENT,
              TRIES_SPENT, SENT,
              NOT_FOUND, GIVEN_UP,
              RESENT, QUEUED),
          COMMITTED,
          Map.of(RESENT, QUEUED),
          REFUSED,
          Map.of(RESENT, QUEUED),
          GIVEN_UP,
          Map.of(RESENT, QUEUED));

  private DeliveryLifeCycle() {}

  /** Where an event leads from a state, or nothing where it can't happen. */
  static Optional<DeliveryState> after(DeliveryState state, DeliveryEvent event) {
    return Optional.ofNullable(TRANSITIONS.getOrDefault(state, Map.of()).get(event));
  }
}
