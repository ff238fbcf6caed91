package io.overread.gateway.peer;

import io.overread.dicom.net.Association;
import io.overread.dicom.net.AssociationRequest;
import io.overread.dicom.net.RemoteApplicationEntity;
import io.overread.dicom.net.RequestorSettings;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.net.pdu.RoleSelection;
import java.io.IOException;
import java.util.List;

/** Associates with peers that are configured, under the gateway's AE title. */
public final class PeerAssociations {

  private final String aeTitle;
  private final Peers peers;

  /** Under our AE title. */
  public PeerAssociations(String aeTitle, Peers peers) {
    this.aeTitle = aeTitle;
    this.peers = peers;
  }

  /** Our AE title. */
  public String aeTitle() {
    return aeTitle;
  }

  /**
   * Connects and associates as {@link Association#connect}.
   *
   * @param roles which are proposed other than that we are SCU
   * @throws IOException also when the peer is one that only calls us, without a host
   */
  public Association connect(
      PeerProperties.Peer peer,
      List<ProposedContext> contexts,
      List<RoleSelection> roles,
      RequestorSettings settings)
      throws IOException {
    RemoteApplicationEntity remote =
        peers
            .remote(peer)
            .orElseThrow(() -> new IOException("peer " + peer.aeTitle() + " has no host"));
    return Association.connect(
        new AssociationRequest(remote, aeTitle, contexts, null, roles, settings));
  }
}
