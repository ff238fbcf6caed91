package io.overread.dicom.net;

import java.util.concurrent.Semaphore;

/**
 * What the associations of an acceptor share.
 *
 * @param slots one for each association that may be established at once
 */
record AcceptorServices(
    AssociationPolicy policy,
    StoreHandler handler,
    AssociationListener events,
    ContextNegotiation negotiation,
    Semaphore slots,
    int maximumPduLength) {

  AssociationDecision decide(AssociationInfo requested) {
    try {
      return policy.decide(requested);
    } catch (RuntimeException e) {
      return AssociationDecision.reject(AssociationRejection.TEMPORARY_CONGESTION);
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
