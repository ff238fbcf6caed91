package io.overread.gateway.association;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.overread.db.TestDatabase;
import io.overread.dicom.net.pdu.AssociateRq;
import io.overread.dicom.net.pdu.Implementation;
import io.overread.dicom.net.pdu.PduWriter;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.net.pdu.UserInformation;
import io.overread.dicom.net.tls.ReloadableTls;
import io.overread.dicom.net.tls.TestIssuer;
import io.overread.gateway.PeerTools;
import io.overread.gateway.PeerTools.Run;
import io.overread.gateway.Sample;
import io.overread.gateway.SpringGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 64 peers that stand still at once, and would for longer than the test may take: who is served
 * meanwhile did not wait for them.
 */
class FrozenPeersIT {
  private static final int SILENT = 32;
  private static final int IN_THE_HANDSHAKE = 24;
  private static final int WITHIN_A_PDU = 8;

  @TempDir Path home;
  @TempDir Path files;
  private final List<Socket> frozen = new ArrayList<>();
  private TestDatabase database;
  private SpringGateway gateway;
  private TestIssuer issuer;
  private TestIssuer.Identity peer;

  @BeforeEach
  void start() throws Exception {
    database = TestDatabase.create();
    issuer = TestIssuer.named("Issuer");
    peer = issuer.issue("peer");
    issuer.issue("overread").in(files.resolve("own"), issuer);
    Map<String, Object> settings = new HashMap<>();
    settings.put("overread.home", home.toString());
    settings.put("overread.dicom-port", "0");
    settings.put("overread.storage.free-space-floor", "0B");
    settings.put("overread.tls.key", files.resolve("own/key.pem").toString());
    settings.put("overread.tls.certificate", files.resolve("own/certificate.pem").toString());
    settings.put("overread.tls.trust", files.resolve("own/trust.pem").toString());
    settings.put("overread.tls.listen.port", "0");
    for (String timeout : List.of("artim", "idle", "dimse", "send")) {
      settings.put("overread.associations.timeouts." + timeout, "1h");
    }
    gateway = new SpringGateway(database.serviceDataSource(), study -> {}, settings);
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : frozen) {
      socket.close();
    }
    gateway.close();
    database.close();
  }

  @Test
  void sixty_four_frozen_peers_delay_nobody() throws Exception {
    for (int i = 0; i < SILENT; i++) {
      connect(i % 2 == 0 ? gateway.port() : gateway.tlsPort());
    }
    byte[] hello = clientHello();
    for (int i = 0; i < IN_THE_HANDSHAKE; i++) {
      // Some in the middle of their first record, some waiting for nothing after it.
      int length = i % 2 == 0 ? hello.length : hello.length / 2;
      connect(gateway.tlsPort()).getOutputStream().write(hello, 0, length);
    }
    for (int i = 0; i < WITHIN_A_PDU; i++) {
      freezeWithinPdu(connect(gateway.port()));
    }
    assertThat(frozen).hasSize(64);

    Run plain = PeerTools.dcmtk("echoscu", call(gateway.port(), List.of()));
    Run secure = PeerTools.dcmtk("echoscu", call(gateway.tlsPort(), tls()));
    List<String> store = call(gateway.tlsPort(), tls());
    store.add(Sample.of(7, 1).write(files).toString());
    Run stored = PeerTools.dcmtk("storescu", store);

    for (Run run : List.of(plain, secure, stored)) {
      assertThat(run.status()).as(run.output()).isZero();
    }
    for (Socket silent : frozen.subList(0, SILENT)) {
      silent.setSoTimeout(5);
      assertThatExceptionOfType(SocketTimeoutException.class)
          .as("none of them was cut off to make room")
          .isThrownBy(() -> silent.getInputStream().read());
    }
  }

  private Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000);
    frozen.add(socket);
    return socket;
  }

  private byte[] clientHello() throws Exception {
    SSLEngine engine =
        ReloadableTls.open(peer.in(files.resolve("hello"), issuer)).requestor("localhost", 2762);
    ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.beginHandshake();
    engine.wrap(ByteBuffer.allocate(0), record);
    byte[] bytes = new byte[record.flip().remaining()];
    record.get(bytes);
    return bytes;
  }

  private static void freezeWithinPdu(Socket socket) throws IOException {
    new PduWriter(socket.getOutputStream())
        .write(
            new AssociateRq(
                1,
                "OVERREAD",
                "FROZEN",
                AssociateRq.DICOM_APPLICATION_CONTEXT,
                List.of(new ProposedContext(1, "1.2.840.10008.1.1", List.of("1.2.840.10008.1.2"))),
                new UserInformation(
                    16_384, new Implementation("1.2.3", null), null, List.of(), List.of(), null)));
    assertThat(socket.getInputStream().read()).as("A-ASSOCIATE-AC").isEqualTo(2);
    socket.getOutputStream().write(new byte[] {4, 0, 0, 0, 1, 0, 0, 0});
  }

  private List<String> tls() throws Exception {
    return List.of(
        "+tls",
        peer.writeKey(files.resolve("key.pem")).toString(),
        peer.writeCertificate(files.resolve("certificate.pem")).toString(),
        "+cf",
        issuer.write(files.resolve("trust.pem")).toString());
  }

  private static List<String> call(int port, List<String> options) {
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(List.of("-aec", "OVERREAD", "localhost", Integer.toString(port)));
    return arguments;
  }
}
