package io.overread.dicom.net;

import io.overread.dicom.net.pdu.AssociateRq;
import io.overread.dicom.net.pdu.Implementation;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.net.pdu.RoleSelection;
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
 * @param roles which roles are proposed other than that we are SCU, PS3.7 D.3.3.4
 * @param settings how long to wait
 */
public record AssociationRequest(
    RemoteApplicationEntity remote,
    String callingAeTitle,
    List<ProposedContext> contexts,
    @Nullable UserIdentity userIdentity,
    List<RoleSelection> roles,
    RequestorSettings settings) {
  /** Checks the AE title and copies the list. */
  public AssociationRequest {
    if (!WireText.isAeTitle(callingAeTitle)) {
      throw new IllegalArgumentException("the calling AE title is not an AE title");
    }
    contexts = List.copyOf(contexts);
    roles = List.copyOf(roles);
    if (contexts.isEmpty()) {
      throw new IllegalArgumentException("a request proposes at least one presentation context");
    }
  }

  /** A request of ours as SCU of all that it proposes. */
  public AssociationRequest(
      RemoteApplicationEntity remote,
      String callingAeTitle,
      List<ProposedContext> contexts,
      @Nullable UserIdentity userIdentity,
      RequestorSettings settings) {
    this(remote, callingAeTitle, contexts, userIdentity, List.of(), settings);
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
            roles,
            List.of(),
            userIdentity));
  }
}
