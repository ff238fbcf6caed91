package io.overread.gateway.association;

import static io.overread.dicom.net.AssociationRejection.CALLED_AE_TITLE_NOT_RECOGNIZED;
import static io.overread.dicom.net.AssociationRejection.CALLING_AE_TITLE_NOT_RECOGNIZED;
import static io.overread.dicom.net.AssociationRejection.NO_REASON_GIVEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.net.AssociationDecision;
import io.overread.dicom.net.AssociationDecision.Accept;
import io.overread.dicom.net.AssociationDecision.Reject;
import io.overread.dicom.net.AssociationInfo;
import io.overread.dicom.net.AssociationRejection;
import io.overread.dicom.net.PeerConnection;
import io.overread.dicom.net.PeerLimit;
import io.overread.dicom.net.pdu.Bytes;
import io.overread.dicom.net.pdu.Implementation;
import io.overread.dicom.net.pdu.UserIdentity;
import io.overread.dicom.net.tls.TestIssuer;
import io.overread.dicom.net.tls.TlsSession;
import io.overread.gateway.identity.IdentityProperties;
import io.overread.gateway.identity.UserIdentities;
import io.overread.gateway.peer.AddressBlock;
import io.overread.gateway.peer.CertificateMatch;
import io.overread.gateway.peer.PeerProperties;
import io.overread.gateway.peer.PeerProperties.Caller;
import io.overread.gateway.peer.PeerProperties.Peer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PeerPolicyTest {
  private static final Peer CT =
      new Peer(
          "CT",
          null,
          104,
          false,
          new Caller(List.of(AddressBlock.valueOf("10.0.1.0/24")), null, false, 2));

  private UnknownPeers unknownPeers = UnknownPeers.REFUSE;

  @Test
  void whoever_calls_another_ae_title_is_told_so_first() {
    assertThat(refusal(decide(Map.of("ct", CT), call("SOMEONE", "CT", "10.0.1.7"))))
        .isEqualTo(CALLED_AE_TITLE_NOT_RECOGNIZED);
  }

  @Test
  void a_named_peer_is_served_within_its_own_limit() {
    assertThat(decide(Map.of("ct", CT), call("OVERREAD", "CT", "10.0.1.7")))
        .isEqualTo(new Accept(false, null, new PeerLimit("peer ct", 2)));
    assertThat(decide(Map.of("mr", new Peer("MR", null, 1)), call("OVERREAD", "MR", "10.9.9.9")))
        .isEqualTo(new Accept(false, null, new PeerLimit("peer mr", 32)));
  }

  @Test
  void an_unknown_peer_is_served_or_refused_as_the_setting_says() {
    AssociationInfo call = call("OVERREAD", "XX", "10.0.1.7");

    assertThat(decide(Map.of("ct", CT), call))
        .isEqualTo(new Reject(CALLING_AE_TITLE_NOT_RECOGNIZED, "an unknown peer"));

    unknownPeers = UnknownPeers.ACCEPT;
    assertThat(decide(Map.of("ct", CT), call))
        .isEqualTo(new Accept(false, null, new PeerLimit("address 10.0.1.7", 32)));
  }

  @Test
  void who_takes_the_ae_title_of_a_named_peer_is_refused_even_where_unknown_ones_are_not() {
    unknownPeers = UnknownPeers.ACCEPT;

    AssociationDecision decision = decide(Map.of("ct", CT), call("OVERREAD", "CT", "10.0.2.7"));

    assertThat(decision)
        .isEqualTo(
            new Reject(
                CALLING_AE_TITLE_NOT_RECOGNIZED, "not the peer ct: it calls from elsewhere"));
  }

  @Test
  void two_peers_may_share_an_ae_title_and_are_told_apart_by_address() {
    Peer second =
        new Peer(
            "CT",
            null,
            104,
            false,
            new Caller(List.of(AddressBlock.valueOf("10.0.2.0/24")), null, false, null));

    assertThat(decide(Map.of("a", CT, "b", second), call("OVERREAD", "CT", "10.0.2.7")))
        .isEqualTo(new Accept(false, null, new PeerLimit("peer b", 32)));
  }

  @Test
  void a_peer_that_is_known_by_its_certificate_must_show_it() throws Exception {
    TestIssuer issuer = TestIssuer.named("Issuer");
    X509Certificate own = issuer.issue("ct").certificate();
    X509Certificate other = issuer.issue("mr").certificate();
    Map<String, Peer> peers =
        Map.of(
            "ct",
            new Peer(
                "CT",
                null,
                104,
                false,
                new Caller(
                    List.of(), CertificateMatch.valueOf(TlsSession.sha256(own)), false, null)));

    assertThat(decide(peers, secured(own))).isInstanceOf(Accept.class);
    assertThat(decide(peers, secured(other)))
        .isInstanceOfSatisfying(
            Reject.class, reject -> assertThat(reject.cause()).contains("another certificate"));
    assertThat(decide(peers, secured(null))).isInstanceOf(Reject.class);
    assertThat(decide(peers, call("OVERREAD", "CT", "10.0.1.7")))
        .isInstanceOfSatisfying(
            Reject.class, reject -> assertThat(reject.cause()).contains("over TLS"));
  }

  @Test
  void a_peer_that_speaks_tls_is_not_served_without() {
    Map<String, Peer> peers = Map.of("ct", new Peer("CT", null, 104, true, noDemands()));

    assertThat(refusal(decide(peers, call("OVERREAD", "CT", "10.0.1.7"))))
        .isEqualTo(CALLING_AE_TITLE_NOT_RECOGNIZED);
    assertThat(decide(peers, secured(null))).isInstanceOf(Accept.class);
  }

  @Test
  void a_user_must_be_believed_where_one_is_required() {
    Map<String, Peer> peers =
        Map.of("ct", new Peer("CT", null, 104, false, new Caller(List.of(), null, true, null)));

    assertThat(refusal(decide(peers, call("OVERREAD", "CT", "10.0.1.7"))))
        .isEqualTo(NO_REASON_GIVEN);
    assertThat(refusal(decide(peers, claiming("nobody")))).isEqualTo(NO_REASON_GIVEN);
    assertThat(decide(peers, claiming("mary")))
        .isEqualTo(new Accept(true, "mary", new PeerLimit("peer ct", 32)));
  }

  private static Caller noDemands() {
    return new Caller(List.of(), null, false, null);
  }

  private static AssociationRejection refusal(AssociationDecision decision) {
    return ((Reject) decision).rejection();
  }

  private AssociationDecision decide(Map<String, Peer> peers, AssociationInfo call) {
    IdentityProperties identity =
        new IdentityProperties(false, Map.of("m", new IdentityProperties.User("mary", null)), null);
    return new PeerPolicy(
            "OVERREAD",
            new PeerPolicy.Rules(unknownPeers, 32, false),
            new PeerProperties(peers),
            new UserIdentities(identity, Clock.systemUTC()))
        .decide(call);
  }

  private static AssociationInfo call(String called, String calling, String address) {
    return info(called, calling, new PeerConnection(socket(address), null), null);
  }

  private static AssociationInfo secured(@Nullable X509Certificate certificate) {
    TlsSession tls = new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384", certificate);
    return info("OVERREAD", "CT", new PeerConnection(socket("10.0.1.7"), tls), null);
  }

  private static AssociationInfo claiming(String user) {
    UserIdentity identity =
        new UserIdentity(UserIdentity.Type.USERNAME, true, Bytes.utf8(user), Bytes.EMPTY);
    return info("OVERREAD", "CT", new PeerConnection(socket("10.0.1.7"), null), identity);
  }

  private static AssociationInfo info(
      String called, String calling, PeerConnection connection, @Nullable UserIdentity identity) {
    Implementation implementation = new Implementation("1.2.3", null);
    return new AssociationInfo(1, calling, called, connection, implementation, identity);
  }

  private static InetSocketAddress socket(String address) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), 40_000);
  }
}
