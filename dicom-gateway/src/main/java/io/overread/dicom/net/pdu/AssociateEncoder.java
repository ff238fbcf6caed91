package io.overread.dicom.net.pdu;

/** Encodes the content of A-ASSOCIATE-RQ and -AC. */
final class AssociateEncoder {
  private static final int RESERVED_AFTER_TITLES = 32;

  private AssociateEncoder() {}

  static void request(AssociateRq request, ItemWriter out) {
    head(request.protocolVersion(), request.calledAeTitle(), request.callingAeTitle(), out);
    out.item(ItemType.APPLICATION_CONTEXT, () -> out.text(request.applicationContextName()));
    for (ProposedContext context : request.contexts()) {
      out.item(ItemType.PRESENTATION_CONTEXT_RQ, () -> proposedContext(context, out));
    }
    out.item(ItemType.USER_INFORMATION, () -> userInformation(request.userInformation(), out));
  }

  static void acceptance(AssociateAc acceptance, ItemWriter out) {
    head(
        acceptance.protocolVersion(), acceptance.calledAeTitle(), acceptance.callingAeTitle(), out);
    out.item(ItemType.APPLICATION_CONTEXT, () -> out.text(acceptance.applicationContextName()));
    for (ContextResult context : acceptance.contexts()) {
      out.item(ItemType.PRESENTATION_CONTEXT_AC, () -> contextResult(context, out));
    }
    out.item(ItemType.USER_INFORMATION, () -> userInformation(acceptance.userInformation(), out));
  }

  private static void head(int version, String called, String calling, ItemWriter out) {
    out.unsigned16(version);
    out.zeros(2);
    out.title(called);
    out.title(calling);
    out.zeros(RESERVED_AFTER_TITLES);
  }

  private static void proposedContext(ProposedContext context, ItemWriter out) {
    out.unsigned8(context.id());
    out.zeros(3);
    out.item(ItemType.ABSTRACT_SYNTAX, () -> out.text(context.abstractSyntax()));
    for (String transferSyntax : context.transferSyntaxes()) {
      out.item(ItemType.TRANSFER_SYNTAX, () -> out.text(transferSyntax));
    }
  }

  private static void contextResult(ContextResult context, ItemWriter out) {
    out.unsigned8(context.id());
    out.zeros(1);
    out.unsigned8(context.result().ordinal());
    out.zeros(1);
    out.item(ItemType.TRANSFER_SYNTAX, () -> out.text(context.transferSyntax()));
  }

  private static void userInformation(UserInformation information, ItemWriter out) {
    out.item(ItemType.MAXIMUM_LENGTH, () -> out.unsigned32(information.maximumLength()));
    Implementation implementation = information.implementation();
    if (!implementation.classUid().isEmpty()) {
      out.item(ItemType.IMPLEMENTATION_CLASS_UID, () -> out.text(implementation.classUid()));
    }
    OperationsWindow window = information.operationsWindow();
    if (window != null) {
      out.item(
          ItemType.ASYNCHRONOUS_OPERATIONS_WINDOW,
          () -> {
            out.unsigned16(window.invoked());
            out.unsigned16(window.performed());
          });
    }
    for (RoleSelection role : information.roles()) {
      out.item(ItemType.ROLE_SELECTION, () -> role(role, out));
    }
    String versionName = implementation.versionName();
    if (versionName != null) {
      out.item(ItemType.IMPLEMENTATION_VERSION_NAME, () -> out.text(versionName));
    }
    for (ExtendedNegotiation negotiation : information.extendedNegotiations()) {
      out.item(
          ItemType.EXTENDED_NEGOTIATION,
          () -> {
            out.text16(negotiation.sopClassUid());
            out.bytes(negotiation.information().toByteArray());
          });
    }
    identity(information, out);
  }

  private static void role(RoleSelection role, ItemWriter out) {
    out.text16(role.sopClassUid());
    out.unsigned8(role.scu() ? 1 : 0);
    out.unsigned8(role.scp() ? 1 : 0);
  }

  private static void identity(UserInformation information, ItemWriter out) {
    switch (information.identity()) {
      case UserIdentity claim ->
          out.item(
              ItemType.USER_IDENTITY_RQ,
              () -> {
                out.unsigned8(claim.type().code());
                out.unsigned8(claim.positiveResponseRequested() ? 1 : 0);
                field(claim.primaryField(), out);
                field(claim.secondaryField(), out);
              });
      case UserIdentityAnswer answer ->
          out.item(ItemType.USER_IDENTITY_AC, () -> field(answer.serverResponse(), out));
      case null -> {}
    }
  }

  private static void field(Bytes field, ItemWriter out) {
    out.unsigned16(field.length());
    out.bytes(field.toByteArray());
  }
}
