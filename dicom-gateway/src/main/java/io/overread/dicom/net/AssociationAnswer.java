package io.overread.dicom.net;

import io.overread.dicom.net.pdu.AssociateAc;
import io.overread.dicom.net.pdu.AssociateRq;
import io.overread.dicom.net.pdu.Bytes;
import io.overread.dicom.net.pdu.ContextResult;
import io.overread.dicom.net.pdu.Implementation;
import io.overread.dicom.net.pdu.OperationsWindow;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.net.pdu.RoleSelection;
import io.overread.dicom.net.pdu.UserIdentity;
import io.overread.dicom.net.pdu.UserIdentityAnswer;
import io.overread.dicom.net.pdu.UserInformation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The A-ASSOCIATE-AC to a request, PS3.8 9.3.3 and PS3.7 D.3.3. */
record AssociationAnswer(AssociateAc acceptance, List<AcceptedContext> contexts) {

  static AssociationAnswer to(
      AssociateRq request,
      ContextNegotiation negotiation,
      int maximumPduLength,
      boolean userIdentityConfirmed) {
    List<ContextResult> results = new ArrayList<>();
    List<AcceptedContext> accepted = new ArrayList<>();
    for (ProposedContext proposed : request.contexts()) {
      ContextResult result = negotiation.answer(proposed);
      results.add(result);
      if (result.result() == ContextResult.Result.ACCEPTANCE) {
        accepted.add(
            new AcceptedContext(proposed.id(), proposed.abstractSyntax(), result.transferSyntax()));
      }
    }
    UserInformation asked = request.userInformation();
    UserInformation information =
        new UserInformation(
            maximumPduLength,
            Implementation.OVERREAD,
            asked.operationsWindow() == null ? null : OperationsWindow.SYNCHRONOUS,
            roles(asked.roles(), accepted, negotiation.services()),
            List.of(), // An acceptor that does not support an extension leaves it out, D.3.3.5.
            identityAnswer(asked, userIdentityConfirmed));
    AssociateAc acceptance =
        new AssociateAc(
            AssociateRq.PROTOCOL_VERSION,
            request.calledAeTitle(),
            request.callingAeTitle(),
            AssociateRq.DICOM_APPLICATION_CONTEXT,
            results,
            information);
    return new AssociationAnswer(acceptance, List.copyOf(accepted));
  }

  Map<Integer, AcceptedContext> contextsById() {
    return contexts.stream().collect(Collectors.toMap(AcceptedContext::id, context -> context));
  }

  /** The contexts of the SOP Classes of which the requestor is SCP. */
  List<AcceptedContext> contextsOfScp() {
    Set<String> sopClasses =
        acceptance.userInformation().roles().stream()
            .filter(RoleSelection::scp)
            .map(RoleSelection::sopClassUid)
            .collect(Collectors.toSet());
    return contexts.stream()
        .filter(context -> sopClasses.contains(context.abstractSyntaxUid()))
        .toList();
  }

  /** The requestor is SCU as far as it wants to be, and SCP where a service has use for it. */
  private static List<RoleSelection> roles(
      List<RoleSelection> proposed, List<AcceptedContext> accepted, ServiceRegistry services) {
    Set<String> sopClasses = new HashSet<>();
    accepted.forEach(context -> sopClasses.add(context.abstractSyntaxUid()));
    return proposed.stream()
        .filter(role -> sopClasses.remove(role.sopClassUid()))
        .map(
            role ->
                new RoleSelection(
                    role.sopClassUid(),
                    role.scu(),
                    role.scp() && services.requestorMayBeScp(role.sopClassUid())))
        .toList();
  }

  private static @Nullable UserIdentityAnswer identityAnswer(
      UserInformation asked, boolean confirmed) {
    return confirmed
            && asked.identity() instanceof UserIdentity identity
            && identity.positiveResponseRequested()
        ? new UserIdentityAnswer(Bytes.EMPTY)
        : null;
  }
}
