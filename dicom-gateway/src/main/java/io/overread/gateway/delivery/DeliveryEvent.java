package io.overread.gateway.delivery;

import io.overread.audit.AuditAction;
import io.overread.audit.Outcome;

/** What can happen to a delivery. */
enum DeliveryEvent {
  /** The peer took the object. */
  ACCEPTED(AuditAction.DELIVERY_SENT, Outcome.SUCCESS),
  /** The peer was asked for the object and has it. */
  PROVED(AuditAction.DELIVERY_COMMITTED, Outcome.SUCCESS),
  /** It did not work, and may work later. */
  FAILED_FOR_NOW(AuditAction.DELIVERY_RETRIED, Outcome.FAILED),
  /** The peer refused, for good. */
  REFUSED(AuditAction.DELIVERY_REFUSED, Outcome.REFUSED),
  /** It was tried as often as it may be. */
  TRIES_SPENT(AuditAction.DELIVERY_GIVEN_UP, Outcome.FAILED),
  /** The peer took the object, and as often as it was asked for it does not have it. */
  NOT_FOUND(AuditAction.DELIVERY_GIVEN_UP, Outcome.FAILED),
  /** The object can't be made. */
  NOT_BUILT(AuditAction.DELIVERY_GIVEN_UP, Outcome.FAILED),
  /** A signed version of the report takes its place. */
  OUTDATED(AuditAction.DELIVERY_GIVEN_UP, Outcome.SUCCESS),
  /** A person asked for it again. */
  RESENT(AuditAction.DELIVERY_RESENT, Outcome.SUCCESS);

  private final AuditAction action;
  private final Outcome outcome;

  DeliveryEvent(AuditAction action, Outcome outcome) {
    this.action = action;
    this.outcome = outcome;
  }

  AuditAction action() {
    return action;
  }

  Outcome outcome() {
    return outcome;
  }
}
