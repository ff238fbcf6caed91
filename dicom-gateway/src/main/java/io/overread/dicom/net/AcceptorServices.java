package io.overread.dicom.net;

/**
 * What the associations of an acceptor share.
 *
 * @param slots one for each association that may be established at once
 * @param pduLengths the longest PDUs
 */
record AcceptorServices(
    AssociationPolicy policy,
    StoreHandler handler,
    AssociationListener events,
    ContextNegotiation negotiation,
    AssociationSlots slots,
    PduLengths pduLengths) {

  AssociationDecision decide(AssociationInfo requested) {
    try {
      return policy.decide(requested);
    } catch (RuntimeException e) {
      return new AssociationDecision.Reject(
          AssociationRejection.TEMPORARY_CONGESTION, "the policy failed: " + e);
    }
  }

  /** Tells of what happened, which is not undone by a listener that fails. */
  void tell(AssociationEvent event) {
    try {
      events.on(event);
    } catch (RuntimeException e) {
      // The contract of the listener says so.
    }
  }
}
