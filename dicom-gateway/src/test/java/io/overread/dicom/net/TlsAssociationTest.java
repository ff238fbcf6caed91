package io.overread.dicom.net;

import static io.overread.dicom.net.RawPeer.CT;
import static io.overread.dicom.net.RawPeer.EXPLICIT;
import static io.overread.dicom.net.RawPeer.IMPLICIT;
import static io.overread.dicom.net.RawPeer.VERIFICATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.dicom.net.dimse.CommandSet;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.net.tls.ClientAuthentication;
import io.overread.dicom.net.tls.ReloadableTls;
import io.overread.dicom.net.tls.TestIssuer;
import io.overread.dicom.net.tls.TlsFiles;
import io.overread.dicom.net.tls.TlsSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Associations over TLS, each side ours unless the other must be worse than ours can be. */
class TlsAssociationTest {

  @TempDir Path folder;
  private final Events events = new Events();
  private final AtomicReference<byte[]> received = new AtomicReference<>(new byte[0]);
  private final StoreHandler handler =
      (_, dataSet) -> {
        received.set(dataSet.readAllBytes());
        return StoreResponse.SUCCESS;
      };
  private TestIssuer issuer;
  private TestIssuer.Identity scu;
  private AssociationAcceptor acceptor;

  @BeforeEach
  void listen() throws Exception {
    issuer = TestIssuer.named("Issuer");
    scu = issuer.issue("scu");
    acceptor = open(issuer.issue("scp"), ClientAuthentication.REQUIRE, Acceptors.TIMEOUTS);
  }

  @AfterEach
  void close() {
    acceptor.close();
  }

  private AssociationAcceptor open(
      TestIssuer.Identity identity, ClientAuthentication authentication, AcceptorTimeouts timeouts)
      throws Exception {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ReloadableTls tls = ReloadableTls.open(identity.in(folder.resolve("scp"), issuer));
    return Acceptors.open(
        new AcceptorSettings(
            List.of(new Endpoint(address, tls, authentication), Endpoint.plain(address)),
            AssociationLimits.of(4),
            new PduLengths(131_072, 131_072),
            timeouts,
            ContextPolicy.STANDARD),
        handler,
        events);
  }

  private Association connect(ReloadableTls tls) throws IOException {
    return connect("localhost", tls);
  }

  private Association connect(String host, ReloadableTls tls) throws IOException {
    return Association.connect(
        new AssociationRequest(
            new RemoteApplicationEntity(
                new InetSocketAddress(host, acceptor.port()), "OVERREAD", tls),
            "REQUESTOR",
            List.of(
                new ProposedContext(1, CT, List.of(EXPLICIT)),
                new ProposedContext(3, VERIFICATION, List.of(IMPLICIT))),
            null,
            RequestorSettings.DEFAULT));
  }

  private ReloadableTls tls(TestIssuer.Identity identity) throws Exception {
    return ReloadableTls.open(identity.in(folder.resolve("scu"), issuer));
  }

  @Test
  void data_sets_travel_whole_over_tls_1_3_and_the_certificate_of_the_peer_is_known()
      throws Exception {
    byte[] dataSet = new byte[3_000_001];
    new Random(1).nextBytes(dataSet);

    try (Association association = connect(tls(scu))) {
      assertThat(association.echo()).isEqualTo(DimseStatus.SUCCESS);
      assertThat(
              association.store(CT, "1.2.3", EXPLICIT, new ByteArrayInputStream(dataSet)).status())
          .isEqualTo(DimseStatus.SUCCESS);
    }

    assertThat(received.get()).isEqualTo(dataSet);
    assertThat(events.awaitOne(AssociationEvent.Released.class).association().connection().tls())
        .isEqualTo(new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384", scu.certificate()));
  }

  @Test
  void data_sets_travel_whole_over_tls_1_2_too() throws Exception {
    byte[] dataSet = new byte[300_000];
    new Random(2).nextBytes(dataSet);
    SSLSocket socket = jdkClient(acceptor.port(), scu);
    socket.setEnabledProtocols(new String[] {"TLSv1.2"});

    try (RawPeer peer = RawPeer.associated(socket)) {
      peer.sendCommand(1, CommandSet.storeRequest(1, CT, "1.2.3"));
      for (int offset = 0; offset < dataSet.length; offset += 100_000) {
        boolean last = offset + 100_000 == dataSet.length;
        peer.sendFragment(1, false, last, Arrays.copyOfRange(dataSet, offset, offset + 100_000));
      }
      assertThat(peer.receiveCommand().status()).hasValue(0);
    }

    assertThat(received.get()).isEqualTo(dataSet);
    assertThat(events.awaitOne(AssociationEvent.Accepted.class).association().connection().tls())
        .isEqualTo(
            new TlsSession(
                "TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", scu.certificate()));
  }

  @Test
  void the_plain_endpoint_beside_it_says_that_it_is_plain() throws Exception {
    try (RawPeer peer = RawPeer.associated(acceptor.ports().getLast())) {
      assertThat(events.awaitOne(AssociationEvent.Accepted.class).association().connection().tls())
          .isNull();
      assertThat(peer.socket().isConnected()).isTrue();
    }
  }

  @Test
  void a_peer_whose_issuer_is_not_trusted_is_not_let_in() throws Exception {
    TestIssuer other = TestIssuer.named("Other");
    ReloadableTls foreign =
        ReloadableTls.open(other.issue("scu").in(folder.resolve("scu"), issuer));

    assertThatIOException().isThrownBy(() -> connect(foreign));

    assertThat(events.awaitOne(AssociationEvent.NotSecured.class).cause()).isNotBlank();
    assertThat(events.of(AssociationEvent.Accepted.class)).isEmpty();
  }

  @Test
  void an_expired_certificate_is_not_let_in_even_if_it_is_itself_trusted() throws Exception {
    TestIssuer.Identity expired = issuer.issueExpired("scu");
    Path trust = expired.writeCertificate(folder.resolve("expired.pem"));
    acceptor.close();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var files = issuer.issue("scp").in(folder.resolve("scp"), issuer);
    ReloadableTls trusting =
        ReloadableTls.open(new TlsFiles(files.key(), files.certificate(), trust, null));
    acceptor =
        Acceptors.open(
            new AcceptorSettings(
                List.of(new Endpoint(address, trusting, ClientAuthentication.REQUIRE)),
                AssociationLimits.of(4),
                new PduLengths(16_384, 16_384),
                Acceptors.TIMEOUTS,
                ContextPolicy.STANDARD),
            handler,
            events);

    try (SSLSocket socket = jdkClient(acceptor.port(), expired)) {
      assertNotServed(socket);
    }

    assertThat(events.awaitOne(AssociationEvent.NotSecured.class).cause()).contains("NotAfter");
  }

  @Test
  void we_do_not_talk_to_a_host_that_shows_the_certificate_of_another() throws Exception {
    acceptor.close();
    acceptor = open(issuer.issueFor("elsewhere"), ClientAuthentication.REQUIRE, Acceptors.TIMEOUTS);

    assertThatThrownBy(() -> connect(tls(scu)))
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("localhost");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void a_peer_without_a_certificate_is_let_in_only_where_none_is_required(String protocol)
      throws Exception {
    try (SSLSocket socket = jdkClient(acceptor.port(), null)) {
      socket.setEnabledProtocols(new String[] {protocol});
      assertNotServed(socket);
    }
    assertThat(events.awaitOne(AssociationEvent.NotSecured.class).cause()).contains("certificate");

    acceptor.close();
    acceptor = open(issuer.issue("scp"), ClientAuthentication.WANT, Acceptors.TIMEOUTS);
    try (SSLSocket socket = jdkClient(acceptor.port(), null)) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
    }
  }

  @Test
  void nothing_that_the_profile_leaves_out_is_agreed_on() throws Exception {
    for (String suite :
        List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256")) {
      try (SSLSocket socket = jdkClient(acceptor.port(), scu)) {
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        socket.setEnabledCipherSuites(new String[] {suite});
        assertThatIOException().as(suite).isThrownBy(socket::startHandshake);
      }
    }
  }

  @Test
  void a_new_handshake_on_an_old_association_is_refused() throws Exception {
    try (SSLSocket socket = jdkClient(acceptor.port(), scu)) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.startHandshake();
      assertNotServed(socket);
    }
    assertThat(events.awaitOne(AssociationEvent.ConnectionDropped.class).detail())
        .contains("renegotiate");
  }

  @Test
  void a_handshake_that_stands_still_ends_with_artim_and_silence_is_no_refusal() throws Exception {
    acceptor.close();
    acceptor =
        open(
            issuer.issue("scp"),
            ClientAuthentication.REQUIRE,
            new AcceptorTimeouts(
                Duration.ofMillis(300),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Duration.ZERO));
    try (Socket frozen = new Socket(InetAddress.getLoopbackAddress(), acceptor.port());
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), acceptor.port())) {
      frozen.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0, 1});
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
      events.awaitOne(AssociationEvent.ConnectionDropped.class);
      events.awaitOne(AssociationEvent.NotSecured.class);
    }
  }

  @Test
  void plain_dicom_on_the_tls_port_is_dropped() throws Exception {
    try (RawPeer peer = new RawPeer(acceptor.port())) {
      peer.send(RawPeer.request(new ProposedContext(1, CT, List.of(EXPLICIT))));
      assertThat(events.awaitOne(AssociationEvent.NotSecured.class).cause()).isNotBlank();
    }
  }

  @Test
  void an_rsa_key_that_is_too_short_is_not_let_in() throws Exception {
    try (SSLSocket socket = jdkClient(acceptor.port(), issuer.issueRsa("scu", 1024))) {
      assertNotServed(socket);
    }
    assertThat(events.awaitOne(AssociationEvent.NotSecured.class).cause()).contains("2048");
  }

  /** With TLS 1.3 a client learns that it is refused only when it reads. */
  private static void assertNotServed(SSLSocket socket) {
    assertThatIOException()
        .isThrownBy(
            () -> {
              socket.startHandshake();
              socket.getInputStream().read();
            });
  }

  /** A client of the JDK that trusts everyone. */
  private static SSLSocket jdkClient(int port, TestIssuer.@Nullable Identity identity)
      throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    X509TrustManager everyone =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String authType) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String authType) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    context.init(
        identity == null ? null : new KeyManager[] {new OneKey(identity)},
        new TrustManager[] {everyone},
        new SecureRandom());
    return (SSLSocket)
        context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
  }

  /** Shows the one certificate, whatever the other side asks for. */
  private static final class OneKey extends X509ExtendedKeyManager {
    private final TestIssuer.Identity identity;

    OneKey(TestIssuer.Identity identity) {
      this.identity = identity;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
      return new String[] {"one"};
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyType, Principal[] issuers, Socket socket) {
      return List.of(keyType).contains(identity.key().getAlgorithm()) ? "one" : null;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
      return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[] {identity.certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return identity.key();
    }
  }
}
