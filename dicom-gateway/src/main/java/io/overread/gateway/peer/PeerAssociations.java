package io.overread.gateway.peer;

import io.overread.dicom.net.Association;
import io.overread.dicom.net.AssociationRequest;
import io.overread.dicom.net.RemoteApplicationEntity;
import io.overread.dicom.net.RequestorSettings;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.net.pdu.RoleSelection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** Associates with peers that are configured, under the gateway's AE title. */
public final class PeerAssociations {

  private final String aeTitle;

  /** Under our AE title. */
  public PeerAssociations(String aeTitle) {
    this.aeTitle = aeTitle;
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
    return Association.connect(
        new AssociationRequest(remote(peer), aeTitle, contexts, null, roles, settings));
  }

  private static RemoteApplicationEntity remote(PeerProperties.Peer peer) throws IOException {
    String host = peer.host();
    if (host == null) {
      throw new IOException("peer " + peer.aeTitle() + " has no host");
    }
    return new RemoteApplicationEntity(new InetSocketAddress(host, peer.port()), peer.aeTitle());
  }
}
