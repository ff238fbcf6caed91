package io.overread.dicom.net;

import io.overread.dicom.net.association.Indication;
import io.overread.dicom.net.association.UpperLayer;
import io.overread.dicom.net.dimse.DimseSender;
import io.overread.dicom.net.pdu.AssociateAc;
import io.overread.dicom.net.pdu.ContextResult;
import io.overread.dicom.net.pdu.ProposedContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a peer confirmed of the association that we requested.
 *
 * @param contexts the presentation contexts that it accepted, of those that we proposed
 * @param maximumLength the longest P-DATA-TF that it takes, 0 for any
 * @param peer who it is
 */
record AssociationConfirmation(
    List<AcceptedContext> contexts, long maximumLength, AssociationInfo peer) {

  /**
   * Waits for the answer to the request.
   *
   * @throws AssociationRefusedException when the peer refuses
   * @throws IOException when it ends the connection, or nothing can be sent to it
   */
  static AssociationConfirmation await(UpperLayer layer, AssociationRequest request)
      throws IOException {
    return switch (layer.receive()) {
      case Indication.AssociateAccepted(AssociateAc acceptance) -> {
        long maximumLength = acceptance.userInformation().maximumLength();
        if (!DimseSender.isUsable(maximumLength)) {
          layer.abort("a maximum length of " + maximumLength);
          throw new IOException("the peer takes no PDU longer than " + maximumLength + " bytes");
        }
        AssociationInfo peer =
            new AssociationInfo(
                0, // Only those of an acceptor are counted.
                request.remote().aeTitle(),
                request.callingAeTitle(),
                new PeerConnection(layer.remoteAddress(), layer.tlsSession()),
                acceptance.userInformation().implementation(),
                null);
        yield new AssociationConfirmation(
            accepted(request.contexts(), acceptance), maximumLength, peer);
      }
      case Indication.AssociateRefused(var rejection) ->
          throw new AssociationRefusedException(
              new AssociationRejection(rejection.result(), rejection.reason()));
      case Indication.Ended end -> throw Requests.ended(end);
      case Indication other -> throw new IllegalStateException("unexpected " + other);
    };
  }

  Map<Integer, AcceptedContext> contextsById() {
    return contexts.stream().collect(Collectors.toMap(AcceptedContext::id, context -> context));
  }

  private static List<AcceptedContext> accepted(
      List<ProposedContext> proposed, AssociateAc acceptance) {
    Map<Integer, ProposedContext> byId = new HashMap<>();
    proposed.forEach(context -> byId.put(context.id(), context));
    List<AcceptedContext> accepted = new ArrayList<>();
    for (ContextResult result : acceptance.contexts()) {
      ProposedContext context = byId.remove(result.id());
      if (context != null
          && result.result() == ContextResult.Result.ACCEPTANCE
          && context.transferSyntaxes().contains(result.transferSyntax())) {
        accepted.add(
            new AcceptedContext(context.id(), context.abstractSyntax(), result.transferSyntax()));
      }
    }
    return List.copyOf(accepted);
  }
}
