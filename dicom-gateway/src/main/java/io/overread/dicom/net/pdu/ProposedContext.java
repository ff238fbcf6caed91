package io.overread.dicom.net.pdu;

import java.util.List;

/**
 * A presentation context as proposed, PS3.8 9.3.2.2.
 *
 * @param id odd, 1 to 255
 * @param abstractSyntax UID of the SOP Class
 * @param transferSyntaxes UIDs of the encodings that the requestor offers, at least one
 */
public record ProposedContext(int id, String abstractSyntax, List<String> transferSyntaxes) {
  /** Checks the ID and the UIDs. */
  public ProposedContext {
    requireId(id);
    WireText.requireUid(abstractSyntax, "abstract syntax");
    transferSyntaxes = List.copyOf(transferSyntaxes);
    if (transferSyntaxes.isEmpty()) {
      throw new IllegalArgumentException("a presentation context offers a transfer syntax");
    }
    for (String transferSyntax : transferSyntaxes) {
      WireText.requireUid(transferSyntax, "transfer syntax");
    }
  }

  static void requireId(int id) {
    if (id < 1 || id > 255 || id % 2 == 0) {
      throw new IllegalArgumentException("presentation context ID " + id + " is not odd in 1..255");
    }
  }
}
