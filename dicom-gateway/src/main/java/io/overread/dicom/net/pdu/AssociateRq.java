package io.overread.dicom.net.pdu;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A-ASSOCIATE-RQ, PS3.8 9.3.2.
 *
 * @param protocolVersion a bit per version, bit 0 for version 1
 * @param calledAeTitle without padding; empty where the peer sends only spaces
 * @param callingAeTitle without padding; empty where the peer sends only spaces
 * @param applicationContextName UID
 * @param contexts at most 128, each with an ID of its own
 * @param userInformation maximum length, implementation and negotiations
 */
public record AssociateRq(
    int protocolVersion,
    String calledAeTitle,
    String callingAeTitle,
    String applicationContextName,
    List<ProposedContext> contexts,
    UserInformation userInformation)
    implements Pdu {
  /** The application context of DICOM, PS3.7 A.2.1. */
  public static final String DICOM_APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

  /** Version 1, the only one. */
  public static final int PROTOCOL_VERSION = 1;

  /** Checks characters, lengths and that no context ID comes twice. */
  public AssociateRq {
    if (!WireText.isPrintable(calledAeTitle) || !WireText.isPrintable(callingAeTitle)) {
      throw new IllegalArgumentException("an AE title has at most 16 printable characters");
    }
    WireText.requireUid(applicationContextName, "application context name");
    contexts = List.copyOf(contexts);
    Set<Integer> ids = new HashSet<>();
    for (ProposedContext context : contexts) {
      if (!ids.add(context.id())) {
        throw new IllegalArgumentException("presentation context " + context.id() + " comes twice");
      }
    }
  }

  /** Whether the peer speaks version 1. */
  public boolean speaksVersion1() {
    return (protocolVersion & PROTOCOL_VERSION) != 0;
  }
}
