package io.overread.dicom.net;

import io.overread.dicom.net.association.Indication;
import io.overread.dicom.net.association.State;
import io.overread.dicom.net.association.UpperLayer;
import io.overread.dicom.net.dimse.DimseReceiver;
import io.overread.dicom.net.dimse.DimseSender;
import io.overread.dicom.net.dimse.Incoming;
import io.overread.dicom.net.pdu.AbortReason;
import io.overread.dicom.net.pdu.AssociateRj;
import io.overread.dicom.net.pdu.AssociateRq;
import io.overread.dicom.net.pdu.RejectReason;
import io.overread.dicom.net.pdu.RejectResult;
import io.overread.dicom.net.pdu.UserIdentity;
import io.overread.dicom.net.pdu.UserInformation;
import io.overread.dicom.net.pdu.WireText;
import java.io.IOException;
import java.util.Optional;

/** One connection of an acceptor, from the A-ASSOCIATE-RQ to the end. */
final class ServedAssociation implements Runnable {
  private static final String FAILURE = "the association ended by a failure of ours";

  private final UpperLayer layer;
  private final long number;
  private final AcceptorServices services;
  private volatile boolean gaveWay;

  ServedAssociation(UpperLayer layer, long number, AcceptorServices services) {
    this.layer = layer;
    this.number = number;
    this.services = services;
  }

  /** Ends it at once where there is no association yet, or not any more; else false. */
  boolean closeUnlessAssociated() {
    State state = layer.state();
    if (state != State.AWAITING_ASSOCIATE_RQ && state != State.AWAITING_TRANSPORT_CLOSE) {
      return false;
    }
    layer.cutOff();
    return true;
  }

  /** The same, to make room for another connection. */
  boolean giveWay() {
    gaveWay = true;
    boolean closed = closeUnlessAssociated();
    gaveWay = closed;
    return closed;
  }

  void abort(String detail) {
    layer.abort(detail);
  }

  void close() {
    layer.close();
  }

  @Override
  public void run() {
    try (layer) {
      switch (layer.receive()) {
        case Indication.AssociateRequested(AssociateRq request) -> answer(request);
        case Indication.Ended end -> dropped(end);
        case Indication other -> throw new IllegalStateException("unexpected " + other);
      }
    }
  }

  private void dropped(Indication.Ended end) {
    if (gaveWay) {
      services.tell(
          new AssociationEvent.ConnectionDropped(
              layer.remoteAddress(), "too many connections at once, of which it was the oldest"));
      return;
    }
    String detail =
        switch (end) {
          case Indication.ConnectionLost lost -> lost.detail();
          case Indication.AbortedByUs aborted -> aborted.detail();
          case Indication.AbortedByPeer _ -> "the peer aborted before it requested an association";
          case Indication.RefusedByUs _ -> "the peer does not speak protocol version 1";
          case Indication.Closed _ -> "the peer closed the connection";
        };
    services.tell(
        layer.isUnsecured()
            ? new AssociationEvent.NotSecured(layer.remoteAddress(), detail)
            : new AssociationEvent.ConnectionDropped(layer.remoteAddress(), detail));
  }

  private void answer(AssociateRq request) {
    UserInformation information = request.userInformation();
    AssociationInfo info =
        new AssociationInfo(
            number,
            request.callingAeTitle(),
            request.calledAeTitle(),
            new PeerConnection(layer.remoteAddress(), layer.tlsSession()),
            information.implementation(),
            information.identity() instanceof UserIdentity identity ? identity : null);
    Optional<AssociationRejection> fault = fault(request);
    if (fault.isPresent()) {
      refuse(info, fault.get(), "the request can't be one of an association with us");
    } else {
      switch (services.decide(info)) {
        case AssociationDecision.Accept accept -> admit(request, info, accept);
        case AssociationDecision.Reject reject -> refuse(info, reject.rejection(), reject.cause());
      }
    }
    layer.awaitClose();
  }

  private void admit(
      AssociateRq request, AssociationInfo info, AssociationDecision.Accept decision) {
    if (!services.slots().acquire(decision.limit())) {
      refuse(info, AssociationRejection.LOCAL_LIMIT_EXCEEDED, "as many associations as may be");
      return;
    }
    try {
      serve(request, info, decision);
    } finally {
      services.slots().release(decision.limit());
    }
  }

  private static Optional<AssociationRejection> fault(AssociateRq request) {
    if (!request.applicationContextName().equals(AssociateRq.DICOM_APPLICATION_CONTEXT)) {
      return Optional.of(
          new AssociationRejection(
              RejectResult.REJECTED_PERMANENT,
              RejectReason.APPLICATION_CONTEXT_NAME_NOT_SUPPORTED));
    }
    if (!WireText.isAeTitle(request.calledAeTitle())) {
      return Optional.of(AssociationRejection.CALLED_AE_TITLE_NOT_RECOGNIZED);
    }
    if (!WireText.isAeTitle(request.callingAeTitle())) {
      return Optional.of(AssociationRejection.CALLING_AE_TITLE_NOT_RECOGNIZED);
    }
    if (!DimseSender.isUsable(request.userInformation().maximumLength())) {
      return Optional.of(
          new AssociationRejection(
              RejectResult.REJECTED_PERMANENT, RejectReason.ACSE_NO_REASON_GIVEN));
    }
    return Optional.empty();
  }

  private void refuse(AssociationInfo info, AssociationRejection rejection, String cause) {
    services.tell(new AssociationEvent.Refused(info, rejection, cause));
    try {
      layer.rejectAssociation(new AssociateRj(rejection.result(), rejection.reason()));
    } catch (IOException e) {
      // The peer left before it was told; that it was refused has been noted.
    }
  }

  private void serve(
      AssociateRq request, AssociationInfo info, AssociationDecision.Accept decision) {
    AssociationAnswer answer =
        AssociationAnswer.to(
            request,
            services.negotiation(),
            services.pduLengths().receive(),
            decision.userIdentityConfirmed());
    try {
      // Before the peer learns of it: what cannot be noted must not happen.
      services.events().on(new AssociationEvent.Accepted(info, answer.contexts(), decision));
    } catch (RuntimeException e) {
      refuse(info, AssociationRejection.TEMPORARY_CONGESTION, "it could not be noted: " + e);
      return;
    }
    AssociationEvent end = failed(info);
    try {
      end = converse(request, answer, info);
    } finally {
      layer.abort(FAILURE); // Unless it has ended already.
      services.tell(end);
    }
  }

  private static AssociationEvent failed(AssociationInfo info) {
    return new AssociationEvent.Aborted(
        info, new AssociationEnd.AbortedByUs(AbortReason.SERVICE_USER, FAILURE));
  }

  private AssociationEvent converse(
      AssociateRq request, AssociationAnswer answer, AssociationInfo info) {
    DimseReceiver receiver = new DimseReceiver(layer, answer.contextsById().keySet());
    long peerMaximumLength = request.userInformation().maximumLength();
    DimseSender sender = new DimseSender(layer, services.pduLengths().sendTo(peerMaximumLength));
    Inbox inbox = new Inbox(receiver);
    MessageService messages =
        new MessageService(
            new MessageService.AssociationChannel(
                sender, inbox, new Requests(layer, sender, inbox, answer.contextsById())),
            answer,
            info,
            services);
    Incoming last;
    try {
      layer.acceptAssociation(answer.acceptance());
      last = messages.serveAll();
    } catch (IOException e) {
      last = new Incoming.Ended(layer.awaitEnd());
    }
    return switch (last) {
      case Incoming.ReleaseRequested _ -> {
        agreeToRelease();
        yield new AssociationEvent.Released(info);
      }
      case Incoming.Ended ended ->
          new AssociationEvent.Aborted(info, AssociationEnd.of(ended.end()));
      case Incoming.Message message ->
          throw new IllegalStateException("a message that was not served: " + message);
    };
  }

  private void agreeToRelease() {
    try {
      layer.respondRelease();
    } catch (IOException e) {
      // The peer asked for the release and left without the answer; it is released all the same.
    }
  }
}
