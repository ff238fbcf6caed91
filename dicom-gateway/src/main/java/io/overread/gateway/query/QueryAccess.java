package io.overread.gateway.query;

import io.overread.dicom.net.AssociationInfo;
import io.overread.gateway.peer.PeerProperties;
import io.overread.gateway.peer.PeerProperties.Peer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Decides who may query and retrieve. */
final class QueryAccess {

  private final QueryProperties.Allow allow;
  private final PeerProperties peers;

  QueryAccess(QueryProperties.Allow allow, PeerProperties peers) {
    this.allow = allow;
    this.peers = peers;
  }

  /** Whether anybody may. */
  boolean isOpen() {
    return allow != QueryProperties.Allow.NONE;
  }

  boolean permits(AssociationInfo caller) {
    return switch (allow) {
      case NONE -> false;
      case PEERS ->
          peers.peers().values().stream()
              .filter(peer -> peer.aeTitle().equals(caller.callingAeTitle()))
              .anyMatch(peer -> comesFrom(peer, caller.remoteAddress().getAddress()));
      case ANY -> true;
    };
  }

  /** An AE title is no secret: it counts together with the address that it was configured with. */
  private static boolean comesFrom(Peer peer, InetAddress address) {
    String host = peer.host();
    if (host == null) {
      return true;
    }
    try {
      return List.of(InetAddress.getAllByName(host)).contains(address);
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
