package io.overread.dicom.dcm4che;

import io.overread.dicom.net.AcceptedContext;
import io.overread.dicom.net.AssociationEnd;
import io.overread.dicom.net.AssociationInfo;
import io.overread.dicom.net.AssociationRejection;
import io.overread.dicom.net.ContextNegotiation;
import io.overread.dicom.net.PeerConnection;
import io.overread.dicom.net.pdu.AbortReason;
import io.overread.dicom.net.pdu.AssociateRq;
import io.overread.dicom.net.pdu.Bytes;
import io.overread.dicom.net.pdu.ContextResult;
import io.overread.dicom.net.pdu.Implementation;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.net.pdu.RejectReason;
import io.overread.dicom.net.pdu.RejectResult;
import io.overread.dicom.net.pdu.UserIdentity;
import io.overread.dicom.net.pdu.WireText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.pdu.AAbort;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.pdu.UserIdentityAC;
import org.dcm4che3.net.pdu.UserIdentityRQ;
import org.jspecify.annotations.Nullable;

/** What dcm4che's association PDUs say in our terms, and the other way round. */
final class Negotiation {
  private Negotiation() {}

  static AssociationInfo info(Association association, AAssociateRQ request) {
    return new AssociationInfo(
        association.getSerialNo(),
        request.getCallingAET(),
        request.getCalledAET(),
        new PeerConnection(
            (InetSocketAddress) association.getSocket().getRemoteSocketAddress(), null),
        implementation(request),
        identity(request.getUserIdentityRQ()));
  }

  private static Implementation implementation(AAssociateRQ request) {
    try {
      return new Implementation(request.getImplClassUID(), request.getImplVersionName());
    } catch (IllegalArgumentException e) {
      return new Implementation("", null); // Not as the standard has it, and of no consequence.
    }
  }

  private static @Nullable UserIdentity identity(@Nullable UserIdentityRQ identity) {
    if (identity == null) {
      return null;
    }
    for (UserIdentity.Type type : UserIdentity.Type.values()) {
      if (type.code() == identity.getType()) {
        return new UserIdentity(
            type,
            identity.isPositiveResponseRequested(),
            Bytes.of(identity.getPrimaryField()),
            Bytes.of(identity.getSecondaryField()));
      }
    }
    return null;
  }

  /** Why it can't be a request of an association with us; null if it can. */
  static @Nullable AssociationRejection fault(AAssociateRQ request) {
    if ((request.getProtocolVersion() & AssociateRq.PROTOCOL_VERSION) == 0) {
      return permanent(RejectReason.PROTOCOL_VERSION_NOT_SUPPORTED);
    }
    if (!request.getApplicationContext().equals(AssociateRq.DICOM_APPLICATION_CONTEXT)) {
      return permanent(RejectReason.APPLICATION_CONTEXT_NAME_NOT_SUPPORTED);
    }
    if (!WireText.isAeTitle(request.getCalledAET())) {
      return AssociationRejection.CALLED_AE_TITLE_NOT_RECOGNIZED;
    }
    return WireText.isAeTitle(request.getCallingAET())
        ? null
        : AssociationRejection.CALLING_AE_TITLE_NOT_RECOGNIZED;
  }

  private static AssociationRejection permanent(RejectReason reason) {
    return new AssociationRejection(RejectResult.REJECTED_PERMANENT, reason);
  }

  static AAssociateRJ pdu(AssociationRejection rejection) {
    int result =
        rejection.result() == RejectResult.REJECTED_PERMANENT
            ? AAssociateRJ.RESULT_REJECTED_PERMANENT
            : AAssociateRJ.RESULT_REJECTED_TRANSIENT;
    return new AAssociateRJ(result, rejection.reason().source(), rejection.reason().code());
  }

  static AssociationRejection rejection(AAssociateRJ rejected) {
    return new AssociationRejection(
        rejected.getResult() == AAssociateRJ.RESULT_REJECTED_TRANSIENT
            ? RejectResult.REJECTED_TRANSIENT
            : RejectResult.REJECTED_PERMANENT,
        RejectReason.of(rejected.getSource(), rejected.getReason()));
  }

  static AAssociateAC answer(
      AAssociateRQ request,
      ContextNegotiation contexts,
      int maximumPduLength,
      boolean userIdentityConfirmed) {
    AAssociateAC answer = new AAssociateAC();
    answer.setCalledAET(request.getCalledAET());
    answer.setCallingAET(request.getCallingAET());
    answer.setMaxPDULength(maximumPduLength);
    for (PresentationContext proposed : request.getPresentationContexts()) {
      answer.addPresentationContext(answer(proposed, contexts));
    }
    for (RoleSelection role : request.getRoleSelections()) {
      // The requestor is SCU of storage and nothing else, PS3.7 D.3.3.4.
      answer.addRoleSelection(new RoleSelection(role.getSOPClassUID(), role.isSCU(), false));
    }
    UserIdentityRQ identity = request.getUserIdentityRQ();
    if (userIdentityConfirmed && identity != null && identity.isPositiveResponseRequested()) {
      answer.setUserIdentityAC(new UserIdentityAC(new byte[0]));
    }
    return answer;
  }

  private static PresentationContext answer(
      PresentationContext proposed, ContextNegotiation contexts) {
    int id = proposed.getPCID();
    String abstractSyntax = Objects.requireNonNullElse(proposed.getAbstractSyntax(), "");
    List<String> offered = List.of(proposed.getTransferSyntaxes());
    try {
      ContextResult result = contexts.answer(new ProposedContext(id, abstractSyntax, offered));
      int code =
          switch (result.result()) {
            case ACCEPTANCE -> PresentationContext.ACCEPTANCE;
            case USER_REJECTION -> PresentationContext.USER_REJECTION;
            case NO_REASON -> PresentationContext.PROVIDER_REJECTION;
            case ABSTRACT_SYNTAX_NOT_SUPPORTED -> PresentationContext.ABSTRACT_SYNTAX_NOT_SUPPORTED;
            case TRANSFER_SYNTAXES_NOT_SUPPORTED ->
                PresentationContext.TRANSFER_SYNTAX_NOT_SUPPORTED;
          };
      return new PresentationContext(id, code, result.transferSyntax());
    } catch (IllegalArgumentException malformed) {
      return new PresentationContext(
          id, PresentationContext.PROVIDER_REJECTION, offered.isEmpty() ? "" : offered.getFirst());
    }
  }

  /** The contexts that both sides agreed on. */
  static List<AcceptedContext> agreed(AAssociateRQ request, AAssociateAC answer) {
    return answer.getPresentationContexts().stream()
        .filter(PresentationContext::isAccepted)
        .filter(context -> request.getPresentationContext(context.getPCID()) != null)
        .map(
            context ->
                new AcceptedContext(
                    context.getPCID(),
                    request.getPresentationContext(context.getPCID()).getAbstractSyntax(),
                    context.getTransferSyntax()))
        .toList();
  }

  /**
   * How an association ended. dcm4che does not tell whose abort it was; those of a service-provider
   * that we did not ask for are taken as its own, for it sends them where the peer breaks a rule.
   */
  static AssociationEnd end(IOException failure, boolean abortedByUs) {
    if (!(failure instanceof AAbort abort)) {
      return new AssociationEnd.ConnectionLost();
    }
    AbortReason reason = AbortReason.of(abort.getSource(), abort.getReason());
    return abortedByUs || reason != AbortReason.SERVICE_USER
        ? new AssociationEnd.AbortedByUs(reason, String.valueOf(abort.getMessage()))
        : new AssociationEnd.AbortedByPeer(reason);
  }
}
