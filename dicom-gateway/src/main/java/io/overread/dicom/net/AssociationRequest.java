package io.overread.dicom.net;

import io.overread.dicom.net.pdu.AssociateRq;
import io.overread.dicom.net.pdu.Implementation;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.net.pdu.UserIdentity;
import io.overread.dicom.net.pdu.UserInformation;
import io.overread.dicom.net.pdu.WireText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an association is requested with.
 *
 * @param remote with whom
 * @param callingAeTitle who we are
 * @param contexts what is proposed, 1 to 128 with different odd IDs
 * @param userIdentity who our user is, if the peer wants to know
 * @param settings how long to wait
 */
public record AssociationRequest(
    RemoteApplicationEntity remote,
    String callingAeTitle,
    List<ProposedContext> contexts,
    @Nullable UserIdentity userIdentity,
    RequestorSettings settings) {
  /** Checks the AE title and copies the list. */
  public AssociationRequest {
    if (!WireText.isAeTitle(callingAeTitle)) {
      throw new IllegalArgumentException("the calling AE title is not an AE title");
    }
    contexts = List.copyOf(contexts);
    if (contexts.isEmpty()) {
      throw new IllegalArgumentException("a request proposes at least one presentation context");
    }
  }

  AssociateRq pdu() {
    return new AssociateRq(
        AssociateRq.PROTOCOL_VERSION,
        remote.aeTitle(),
        callingAeTitle,
        AssociateRq.DICOM_APPLICATION_CONTEXT,
        contexts,
        new UserInformation(
            settings.maximumPduLength(),
            Implementation.OVERREAD,
            null, // None is one operation at a time, PS3.7 D.3.3.3.
            List.of(),
            List.of(),
            userIdentity));
  }
}
