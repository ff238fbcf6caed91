package io.overread.gateway.association;

import io.overread.dicom.net.AssociationDecision;
import io.overread.dicom.net.AssociationInfo;
import io.overread.dicom.net.AssociationPolicy;
import io.overread.dicom.net.AssociationRejection;
import io.overread.dicom.net.PeerLimit;
import io.overread.dicom.net.tls.TlsSession;
import io.overread.gateway.identity.IdentityVerdict;
import io.overread.gateway.identity.UserIdentities;
import io.overread.gateway.peer.PeerProperties;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may associate: whoever calls us by our AE title (PS3.8 7.1.1.3), is one of the named peers or
 * may be unknown, and has a user whom we believe. A caller that takes the AE title of a named peer
 * and isn't it is refused as an AE title that is not recognized, whatever becomes of unknown ones.
 */
public final class PeerPolicy implements AssociationPolicy {
  private final String aeTitle;
  private final Rules rules;
  private final List<Map.Entry<String, PeerProperties.Peer>> peers;
  private final UserIdentities identities;

  /**
   * What holds for all peers.
   *
   * @param unknownPeers what becomes of those that are not named
   * @param perPeer how many associations a peer may have that has no limit of its own
   * @param userIdentity whether each must name a user whom we can verify
   */
  public record Rules(UnknownPeers unknownPeers, int perPeer, boolean userIdentity) {}

  /** A policy of the AE with this title. */
  public PeerPolicy(String aeTitle, Rules rules, PeerProperties peers, UserIdentities identities) {
    this.aeTitle = aeTitle;
    this.rules = rules;
    this.peers = peers.peers().entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
    this.identities = identities;
  }

  @Override
  public AssociationDecision decide(AssociationInfo requested) {
    if (!requested.calledAeTitle().equals(aeTitle)) {
      return refused(AssociationRejection.CALLED_AE_TITLE_NOT_RECOGNIZED, "we are not called that");
    }
    String objection = null;
    for (var named : peers) {
      if (named.getValue().aeTitle().equals(requested.callingAeTitle())) {
        Optional<String> against = objection(named.getValue(), requested);
        if (against.isEmpty()) {
          return identified(named.getKey(), named.getValue().caller(), requested);
        }
        objection = "not the peer " + named.getKey() + ": " + against.get();
      }
    }
    if (objection != null) {
      return refused(AssociationRejection.CALLING_AE_TITLE_NOT_RECOGNIZED, objection);
    }
    return switch (rules.unknownPeers()) {
      case ACCEPT -> identified(null, null, requested);
      case REFUSE ->
          refused(AssociationRejection.CALLING_AE_TITLE_NOT_RECOGNIZED, "an unknown peer");
    };
  }

  private static Optional<String> objection(PeerProperties.Peer peer, AssociationInfo requested) {
    PeerProperties.Caller caller = peer.caller();
    InetAddress address = requested.remoteAddress().getAddress();
    if (!caller.addresses().isEmpty()
        && caller.addresses().stream().noneMatch(block -> block.contains(address))) {
      return Optional.of("it calls from elsewhere");
    }
    TlsSession tls = requested.connection().tls();
    if (tls == null && (peer.tls() || caller.certificate() != null)) {
      return Optional.of("it calls over TLS");
    }
    if (caller.certificate() != null
        && (tls == null
            || tls.peerCertificate() == null
            || !caller.certificate().matches(tls.peerCertificate()))) {
      return Optional.of("it has another certificate");
    }
    return Optional.empty();
  }

  private AssociationDecision identified(
      @Nullable String name, PeerProperties.@Nullable Caller caller, AssociationInfo requested) {
    boolean required = rules.userIdentity() || (caller != null && caller.userIdentity());
    return switch (identities.verify(requested.userIdentity())) {
      case IdentityVerdict.Confirmed(String user) ->
          new AssociationDecision.Accept(true, user, limit(name, caller, requested));
      case IdentityVerdict.Refused(String cause) ->
          refused(AssociationRejection.NO_REASON_GIVEN, "user identity: " + cause);
      case IdentityVerdict.Unknown() ->
          required
              ? refused(
                  AssociationRejection.NO_REASON_GIVEN,
                  "user identity: none that could be verified, and one is required")
              : new AssociationDecision.Accept(false, null, limit(name, caller, requested));
    };
  }

  /** Unknown peers are told apart by their address: any of them can take any AE title. */
  private PeerLimit limit(
      @Nullable String name, PeerProperties.@Nullable Caller caller, AssociationInfo requested) {
    if (name == null || caller == null) {
      String address = requested.remoteAddress().getAddress().getHostAddress();
      return new PeerLimit("address " + address, rules.perPeer());
    }
    Integer own = caller.maxAssociations();
    return new PeerLimit("peer " + name, own == null ? rules.perPeer() : own);
  }

  private static AssociationDecision refused(AssociationRejection rejection, String cause) {
    return new AssociationDecision.Reject(rejection, cause);
  }
}
