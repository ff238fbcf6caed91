package io.overread.dicom.net.pdu;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes the user information item; sub-items of types that it does not know are skipped. */
final class UserInformationDecoder {
  /** What we send at most to a peer that does not say what it takes. */
  private static final long UNSAID_MAXIMUM_LENGTH = 16_384;

  private long maximumLength = UNSAID_MAXIMUM_LENGTH;
  private String implementationClassUid = "";
  private @Nullable String implementationVersionName;
  private @Nullable OperationsWindow operationsWindow;
  private final List<RoleSelection> roles = new ArrayList<>();
  private final List<ExtendedNegotiation> extendedNegotiations = new ArrayList<>();
  private @Nullable IdentityNegotiation identity;

  private UserInformationDecoder() {}

  static UserInformation decode(ItemReader reader) throws InvalidPduException {
    UserInformationDecoder decoder = new UserInformationDecoder();
    while (reader.hasMore()) {
      decoder.take(reader.item());
    }
    return decoder.finish();
  }

  private void take(ItemReader.Item item) throws InvalidPduException {
    ItemReader content = item.content();
    switch (item.type()) {
      case ItemType.MAXIMUM_LENGTH -> maximumLength = content.unsigned32();
      case ItemType.IMPLEMENTATION_CLASS_UID -> implementationClassUid = content.restAsText();
      case ItemType.IMPLEMENTATION_VERSION_NAME -> implementationVersionName = versionName(content);
      case ItemType.ASYNCHRONOUS_OPERATIONS_WINDOW ->
          operationsWindow = new OperationsWindow(content.unsigned16(), content.unsigned16());
      case ItemType.ROLE_SELECTION ->
          roles.add(
              new RoleSelection(
                  content.text(content.unsigned16()),
                  content.unsigned8() == 1,
                  content.unsigned8() == 1));
      case ItemType.EXTENDED_NEGOTIATION ->
          extendedNegotiations.add(
              new ExtendedNegotiation(
                  content.text(content.unsigned16()), content.bytes(content.remaining())));
      case ItemType.USER_IDENTITY_RQ -> identity = userIdentity(content);
      case ItemType.USER_IDENTITY_AC ->
          identity = new UserIdentityAnswer(content.bytes(content.unsigned16()));
      default -> {}
    }
  }

  private UserInformation finish() {
    Implementation implementation =
        new Implementation(implementationClassUid, implementationVersionName);
    return new UserInformation(
        maximumLength, implementation, operationsWindow, roles, extendedNegotiations, identity);
  }

  /** Devices exceed the 16 characters; the name decides nothing, so it is cut, not refused. */
  private static String versionName(ItemReader content) throws InvalidPduException {
    String text = content.restAsText();
    String cut = text.substring(0, Math.min(text.length(), WireText.MAXIMUM_TITLE_LENGTH));
    return cut.replaceAll("[^ -~]", "?");
  }

  private static @Nullable UserIdentity userIdentity(ItemReader content)
      throws InvalidPduException {
    int code = content.unsigned8();
    boolean positiveResponseRequested = content.unsigned8() == 1;
    Bytes primary = content.bytes(content.unsigned16());
    Bytes secondary = content.bytes(content.unsigned16());
    for (UserIdentity.Type type : UserIdentity.Type.values()) {
      if (type.code() == code) {
        return new UserIdentity(type, positiveResponseRequested, primary, secondary);
      }
    }
    return null; // A type of a later edition: as if none were sent.
  }
}
