package io.overread.gateway.peer;

import io.overread.dicom.net.RemoteApplicationEntity;
import io.overread.dicom.net.tls.ReloadableTls;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The named peers as those whom we call, with TLS for those that speak it. */
public final class Peers {
  private final PeerProperties properties;
  private final @Nullable ReloadableTls tls;

  /**
   * With what the settings say.
   *
   * @param tls ours; null where there are no keys
   * @throws IllegalArgumentException when a peer speaks TLS and we have no keys for it
   */
  public Peers(PeerProperties properties, @Nullable ReloadableTls tls) {
    this.properties = properties;
    this.tls = tls;
    properties
        .peers()
        .forEach(
            (name, peer) -> {
              if (peer.tls() && tls == null) {
                throw new IllegalArgumentException(
                    "overread.peers."
                        + name
                        + ".tls needs overread.tls.key and overread.tls.trust");
              }
            });
  }

  /** The peer of that name, whether it can be called or not. */
  public Optional<PeerProperties.Peer> find(String name) {
    return Optional.ofNullable(properties.peers().get(name));
  }

  /** Whom to associate with under a name; empty where there is none or it only calls us. */
  public Optional<RemoteApplicationEntity> remote(String name) {
    return find(name).flatMap(this::remote);
  }

  /** Whom to associate with for a peer; empty where it only calls us. */
  public Optional<RemoteApplicationEntity> remote(PeerProperties.Peer peer) {
    if (peer.host() == null) {
      return Optional.empty();
    }
    InetSocketAddress address = new InetSocketAddress(peer.host(), peer.port());
    return Optional.of(
        new RemoteApplicationEntity(address, peer.aeTitle(), peer.tls() ? tls : null));
  }
}
