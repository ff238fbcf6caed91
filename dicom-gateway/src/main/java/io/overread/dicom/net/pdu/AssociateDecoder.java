package io.overread.dicom.net.pdu;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes A-ASSOCIATE-RQ and -AC. Items of types that it does not know are skipped, PS3.8 9.3.1.
 */
final class AssociateDecoder {
  private static final int RESERVED_AFTER_TITLES = 32;

  private AssociateDecoder() {}

  /** What both PDUs begin with. */
  private record Head(int protocolVersion, String calledAeTitle, String callingAeTitle) {
    static Head read(ItemReader reader) throws InvalidPduException {
      int protocolVersion = reader.unsigned16();
      reader.skip(2);
      String called = reader.text(WireText.MAXIMUM_TITLE_LENGTH);
      String calling = reader.text(WireText.MAXIMUM_TITLE_LENGTH);
      reader.skip(RESERVED_AFTER_TITLES);
      return new Head(protocolVersion, called, calling);
    }
  }

  static AssociateRq request(ItemReader reader) throws InvalidPduException {
    Head head = Head.read(reader);
    String applicationContext = null;
    UserInformation userInformation = null;
    List<ProposedContext> contexts = new ArrayList<>();
    while (reader.hasMore()) {
      ItemReader.Item item = reader.item();
      switch (item.type()) {
        case ItemType.APPLICATION_CONTEXT -> applicationContext = item.content().restAsText();
        case ItemType.PRESENTATION_CONTEXT_RQ -> contexts.add(proposedContext(item.content()));
        case ItemType.USER_INFORMATION ->
            userInformation = UserInformationDecoder.decode(item.content());
        default -> {}
      }
    }
    return new AssociateRq(
        head.protocolVersion,
        head.calledAeTitle,
        head.callingAeTitle,
        present(applicationContext, "application context"),
        contexts,
        present(userInformation, "user information"));
  }

  static AssociateAc acceptance(ItemReader reader) throws InvalidPduException {
    Head head = Head.read(reader);
    String applicationContext = null;
    UserInformation userInformation = null;
    List<ContextResult> contexts = new ArrayList<>();
    while (reader.hasMore()) {
      ItemReader.Item item = reader.item();
      switch (item.type()) {
        case ItemType.APPLICATION_CONTEXT -> applicationContext = item.content().restAsText();
        case ItemType.PRESENTATION_CONTEXT_AC -> contexts.add(contextResult(item.content()));
        case ItemType.USER_INFORMATION ->
            userInformation = UserInformationDecoder.decode(item.content());
        default -> {}
      }
    }
    return new AssociateAc(
        head.protocolVersion,
        // PS3.8 9.3.3: not to be tested, so not to be refused for its characters either.
        head.calledAeTitle.replaceAll("[^ -~]", "?"),
        head.callingAeTitle.replaceAll("[^ -~]", "?"),
        present(applicationContext, "application context"),
        contexts,
        present(userInformation, "user information"));
  }

  private static ProposedContext proposedContext(ItemReader reader) throws InvalidPduException {
    int id = reader.unsigned8();
    reader.skip(3);
    String abstractSyntax = null;
    List<String> transferSyntaxes = new ArrayList<>();
    while (reader.hasMore()) {
      ItemReader.Item item = reader.item();
      switch (item.type()) {
        case ItemType.ABSTRACT_SYNTAX -> abstractSyntax = item.content().restAsText();
        case ItemType.TRANSFER_SYNTAX -> transferSyntaxes.add(item.content().restAsText());
        default -> {}
      }
    }
    return new ProposedContext(id, present(abstractSyntax, "abstract syntax"), transferSyntaxes);
  }

  private static ContextResult contextResult(ItemReader reader) throws InvalidPduException {
    int id = reader.unsigned8();
    reader.skip(1);
    int code = reader.unsigned8();
    reader.skip(1);
    String transferSyntax = "";
    while (reader.hasMore()) {
      ItemReader.Item item = reader.item();
      if (item.type() == ItemType.TRANSFER_SYNTAX) {
        transferSyntax = item.content().restAsText();
      }
    }
    ContextResult.Result[] results = ContextResult.Result.values();
    return new ContextResult(
        id, code < results.length ? results[code] : ContextResult.Result.NO_REASON, transferSyntax);
  }

  private static <T> T present(@Nullable T item, String what) throws InvalidPduException {
    if (item == null) {
      throw new InvalidPduException(
          AbortReason.INVALID_PDU_PARAMETER_VALUE, "no " + what + " item");
    }
    return item;
  }
}
