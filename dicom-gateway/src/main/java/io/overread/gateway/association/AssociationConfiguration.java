package io.overread.gateway.association;

import io.overread.gateway.GatewayProperties;
import io.overread.gateway.identity.IdentityProperties;
import io.overread.gateway.identity.UserIdentities;
import io.overread.gateway.peer.PeerProperties;
import io.overread.gateway.peer.Peers;
import io.overread.gateway.tls.CertificateWatch;
import io.overread.gateway.tls.TlsProperties;
import java.net.InetSocketAddress;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires who may associate and how. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  AssociationProperties.class,
  IdentityProperties.class,
  PeerProperties.class,
  TlsProperties.class
})
public class AssociationConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(AssociationConfiguration.class);

  @Bean
  CertificateWatch certificateWatch(TlsProperties properties) {
    return new CertificateWatch(properties);
  }

  @Bean
  Peers peers(PeerProperties properties, CertificateWatch certificates) {
    return new Peers(properties, certificates.tls().orElse(null));
  }

  @Bean
  UserIdentities userIdentities(IdentityProperties properties, Clock clock) {
    return new UserIdentities(properties, clock);
  }

  @Bean
  Listening listening(
      GatewayProperties gateway,
      AssociationProperties associations,
      TlsProperties tlsSettings,
      CertificateWatch certificates) {
    return new Listening(gateway, associations, tlsSettings, certificates.tls().orElse(null));
  }

  @Bean
  PeerPolicy peerPolicy(
      GatewayProperties gateway,
      AssociationProperties associations,
      IdentityProperties identity,
      PeerProperties peers,
      UserIdentities identities) {
    UnknownPeers unknownPeers = unknownPeers(gateway, associations, peers);
    return new PeerPolicy(
        gateway.aeTitle(),
        new PeerPolicy.Rules(unknownPeers, associations.perPeer(), identity.required()),
        peers,
        identities);
  }

  /** What becomes of unknown peers; says so where that opens the service to a network. */
  static UnknownPeers unknownPeers(
      GatewayProperties gateway, AssociationProperties associations, PeerProperties peers) {
    boolean reachable = !new InetSocketAddress(gateway.bind(), 0).getAddress().isLoopbackAddress();
    UnknownPeers set = associations.unknownPeers();
    UnknownPeers unknownPeers =
        set != null
            ? set
            : reachable && !peers.peers().isEmpty() ? UnknownPeers.REFUSE : UnknownPeers.ACCEPT;
    if (reachable && unknownPeers == UnknownPeers.ACCEPT) {
      LOG.warn(
          "DICOM on {}: whoever reaches it may send images, for unknown peers are accepted."
              + " Name the peers (overread.peers.NAME.ae-title) and set"
              + " overread.associations.unknown-peers=refuse",
          gateway.bind());
    }
    return unknownPeers;
  }
}
