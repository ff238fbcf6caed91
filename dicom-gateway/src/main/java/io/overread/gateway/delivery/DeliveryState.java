package io.overread.gateway.delivery;

/** How far the delivery of an object to a destination has come; see {@link DeliveryLifeCycle}. */
public enum DeliveryState {
  /** It is to be sent, or sent again. */
  QUEUED,
  /** The peer answered that it took it; whether it has it is not proven. */
  SENT,
  /** The peer has it: it said so when it was asked for it. */
  COMMITTED,
  /** The peer refused it, and would again. */
  REFUSED,
  /** It was not delivered, and nothing more is tried. */
  GIVEN_UP
}
