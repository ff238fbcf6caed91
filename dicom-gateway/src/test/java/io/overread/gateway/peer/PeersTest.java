package io.overread.gateway.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.overread.dicom.net.tls.ReloadableTls;
import io.overread.dicom.net.tls.TestIssuer;
import io.overread.dicom.net.tls.TlsSession;
import io.overread.gateway.peer.PeerProperties.Caller;
import io.overread.gateway.peer.PeerProperties.Peer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersTest {
  private static final Peer ARCHIVE = new Peer("ARCHIVE", "pacs.example", 104, true, Caller.ANY);

  @TempDir Path folder;

  @Test
  void those_that_speak_tls_are_called_with_it_and_those_without_a_host_not_at_all()
      throws Exception {
    TestIssuer issuer = TestIssuer.named("Issuer");
    ReloadableTls tls = ReloadableTls.open(issuer.issue("overread").in(folder, issuer));
    Peers peers =
        new Peers(
            new PeerProperties(
                Map.of(
                    "archive", ARCHIVE,
                    "viewer", new Peer("VIEWER", "viewer.example", 11112),
                    "ct1", new Peer("CT1", null, 104))),
            tls);

    assertThat(peers.remote("archive"))
        .hasValueSatisfying(remote -> assertThat(remote.tls()).isSameAs(tls));
    assertThat(peers.remote("viewer"))
        .hasValueSatisfying(
            remote -> {
              assertThat(remote.tls()).isNull();
              assertThat(remote.aeTitle()).isEqualTo("VIEWER");
              assertThat(remote.address().getPort()).isEqualTo(11112);
            });
    assertThat(peers.remote("ct1")).isEmpty();
    assertThat(peers.remote("nobody")).isEmpty();
  }

  @Test
  void a_peer_that_speaks_tls_is_of_no_use_without_keys_of_ours() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Peers(new PeerProperties(Map.of("archive", ARCHIVE)), null))
        .withMessageContaining("overread.peers.archive.tls");
  }

  @Test
  void a_certificate_is_known_by_its_subject_or_its_fingerprint() throws Exception {
    var certificate = TestIssuer.named("Issuer").issue("ct1").certificate();
    String digits = TlsSession.sha256(certificate);
    String withColons = digits.toUpperCase(java.util.Locale.ROOT).replaceAll("(..)(?!$)", "$1:");

    assertThat(CertificateMatch.valueOf("cn=ct1, o=clinic").matches(certificate)).isTrue();
    assertThat(CertificateMatch.valueOf("CN=ct2,O=Clinic").matches(certificate)).isFalse();
    assertThat(CertificateMatch.valueOf(digits).matches(certificate)).isTrue();
    assertThat(CertificateMatch.valueOf(withColons).matches(certificate)).isTrue();
    assertThat(CertificateMatch.valueOf("0".repeat(64)).matches(certificate)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> CertificateMatch.valueOf("ct1"));
  }
}
