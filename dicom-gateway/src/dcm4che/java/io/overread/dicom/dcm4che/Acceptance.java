package io.overread.dicom.dcm4che;

import io.overread.dicom.net.AcceptedContext;
import io.overread.dicom.net.AcceptorSettings;
import io.overread.dicom.net.AcceptorTimeouts;
import io.overread.dicom.net.AssociationDecision;
import io.overread.dicom.net.AssociationEvent;
import io.overread.dicom.net.AssociationInfo;
import io.overread.dicom.net.AssociationListener;
import io.overread.dicom.net.AssociationLoad;
import io.overread.dicom.net.AssociationPolicy;
import io.overread.dicom.net.AssociationRejection;
import io.overread.dicom.net.AssociationSlots;
import io.overread.dicom.net.ContextNegotiation;
import io.overread.dicom.net.PeerLimit;
import io.overread.dicom.net.StoreHandler;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.AssociationHandler;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.jspecify.annotations.Nullable;

/**
 * Accepts and refuses associations as our policy and limits say, and tells what becomes of them.
 */
final class Acceptance extends AssociationHandler {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final AcceptorTimeouts timeouts;
  private final AssociationPolicy policy;
  private final StoreHandler handler;
  private final AssociationListener events;
  private final ContextNegotiation contexts;
  private final AssociationSlots slots;
  private final Map<Association, Established> established = new ConcurrentHashMap<>();
  private final Set<Association> abortedByUs = ConcurrentHashMap.newKeySet();

  private record Established(AssociationInfo info, PeerLimit limit) {}

  Acceptance(
      AcceptorSettings settings,
      AssociationPolicy policy,
      StoreHandler handler,
      AssociationListener events) {
    this.timeouts = settings.timeouts();
    this.policy = policy;
    this.handler = handler;
    this.events = events;
    this.contexts = ContextNegotiation.ofStorage(settings.contexts());
    this.slots = new AssociationSlots(settings.limits());
  }

  StoreHandler handler() {
    return handler;
  }

  /** With whom an established association is; null when there is none any more. */
  @Nullable AssociationInfo info(Association association) {
    Established found = established.get(association);
    return found == null ? null : found.info();
  }

  AssociationLoad load() {
    return slots.load();
  }

  void tell(AssociationEvent event) {
    try {
      events.on(event);
    } catch (RuntimeException e) {
      // As AssociationListener says: save that of Accepted, an exception is ignored.
    }
  }

  @Override
  protected AAssociateAC negotiate(Association association, AAssociateRQ request)
      throws IOException {
    AssociationInfo info = Negotiation.info(association, request);
    AssociationRejection fault = Negotiation.fault(request);
    if (fault != null) {
      throw refusal(info, fault, "the request can't be one of an association with us");
    }
    return switch (decide(info)) {
      case AssociationDecision.Accept accept -> admit(association, request, info, accept);
      case AssociationDecision.Reject reject ->
          throw refusal(info, reject.rejection(), reject.cause());
    };
  }

  private AssociationDecision decide(AssociationInfo info) {
    try {
      return policy.decide(info);
    } catch (RuntimeException e) {
      return new AssociationDecision.Reject(
          AssociationRejection.TEMPORARY_CONGESTION, "the policy failed: " + e);
    }
  }

  private AAssociateAC admit(
      Association association,
      AAssociateRQ request,
      AssociationInfo info,
      AssociationDecision.Accept decision)
      throws IOException {
    if (!slots.acquire(decision.limit())) {
      throw refusal(
          info, AssociationRejection.LOCAL_LIMIT_EXCEEDED, "as many associations as may be");
    }
    boolean accepted = false;
    try {
      AAssociateAC answer =
          Negotiation.answer(
              request,
              contexts,
              association.getConnection().getReceivePDULength(),
              decision.userIdentityConfirmed());
      List<AcceptedContext> agreed = Negotiation.agreed(request, answer);
      note(new AssociationEvent.Accepted(info, agreed, decision));
      limitReads(association);
      established.put(association, new Established(info, decision.limit()));
      accepted = true;
      return answer;
    } finally {
      if (!accepted) {
        slots.release(decision.limit());
      }
    }
  }

  /** Before the peer learns of it: what cannot be noted must not happen. */
  private void note(AssociationEvent.Accepted accepted) throws AAssociateRJ {
    try {
      events.on(accepted);
    } catch (RuntimeException e) {
      throw refusal(
          accepted.association(),
          AssociationRejection.TEMPORARY_CONGESTION,
          "it could not be noted: " + e);
    }
  }

  private AAssociateRJ refusal(AssociationInfo info, AssociationRejection rejection, String cause) {
    tell(new AssociationEvent.Refused(info, rejection, cause));
    return Negotiation.pdu(rejection);
  }

  /** dcm4che has no timeout within a message: without this, a frozen peer would stay for ever. */
  private void limitReads(Association association) throws SocketException {
    long longest = Math.max(timeouts.idle().toMillis(), timeouts.dimse().toMillis());
    association.getSocket().setSoTimeout((int) longest);
  }

  @Override
  protected void onClose(Association association) {
    super.onClose(association);
    Established ended = established.get(association);
    if (ended == null) {
      return;
    }
    IOException failure = association.getException();
    try {
      if (failure == null) {
        handler.releasing(ended.info());
        tell(new AssociationEvent.Released(ended.info()));
      } else {
        boolean ours = abortedByUs.contains(association);
        tell(new AssociationEvent.Aborted(ended.info(), Negotiation.end(failure, ours)));
      }
    } finally {
      abortedByUs.remove(association);
      established.remove(association);
      slots.release(ended.limit());
    }
  }

  void abort(Association association) {
    abortedByUs.add(association);
    association.abort();
  }

  void abortAll() {
    established.keySet().forEach(this::abort);
  }

  /** Lets no more in. */
  void close() {
    slots.close();
  }

  /** Whether all associations have ended within the time. */
  boolean awaitNone(Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    try {
      while (!established.isEmpty() && System.nanoTime() - deadline < 0) {
        Thread.sleep(BETWEEN_LOOKS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return established.isEmpty();
  }
}
