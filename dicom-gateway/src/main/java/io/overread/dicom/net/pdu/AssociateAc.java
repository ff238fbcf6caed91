package io.overread.dicom.net.pdu;

import java.util.List;

/**
 * A-ASSOCIATE-AC, PS3.8 9.3.3.
 *
 * @param protocolVersion a bit per version, bit 0 for version 1
 * @param calledAeTitle as in the request; carries no meaning
 * @param callingAeTitle as in the request; carries no meaning
 * @param applicationContextName UID
 * @param contexts the answer to each proposed context
 * @param userInformation maximum length, implementation and negotiations
 */
public record AssociateAc(
    int protocolVersion,
    String calledAeTitle,
    String callingAeTitle,
    String applicationContextName,
    List<ContextResult> contexts,
    UserInformation userInformation)
    implements Pdu {
  /** Copies the list. */
  public AssociateAc {
    if (!WireText.isPrintable(calledAeTitle) || !WireText.isPrintable(callingAeTitle)) {
      throw new IllegalArgumentException("an AE title has at most 16 printable characters");
    }
    WireText.requireUid(applicationContextName, "application context name");
    contexts = List.copyOf(contexts);
  }
}
