package io.overread.dicom.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsChannelTest {

  private static final int PART = 100;

  @TempDir Path folder;

  /** A look for a C-CANCEL may find half a record; that must not be lost. */
  @Test
  void a_record_whose_rest_comes_late_is_read_whole_after_all() throws Exception {
    TestIssuer issuer = TestIssuer.named("Issuer");
    ReloadableTls ours = tls(issuer, "scp");
    ReloadableTls theirs = tls(issuer, "scu");
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket near = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
        Socket far = listener.accept()) {
      LateStream late = new LateStream(near.getInputStream());
      TlsChannel reading =
          new TlsChannel(ours.acceptor(ClientAuthentication.REQUIRE), late, near.getOutputStream());
      TlsChannel writing =
          new TlsChannel(
              theirs.requestor("localhost", 0), far.getInputStream(), far.getOutputStream());
      Thread peer = Thread.ofVirtual().start(() -> send(writing));
      reading.handshake();
      assertThat(reading.input().read()).isEqualTo(1);
      peer.join();

      late.timesOutAfterAPart = true;
      assertThatThrownBy(() -> reading.input().read()).isInstanceOf(SocketTimeoutException.class);
      assertThat(reading.input().readNBytes(5000)).hasSize(5000).containsOnly(2);
    }
  }

  private static void send(TlsChannel channel) {
    try {
      channel.handshake();
      channel.output().write(1);
      byte[] record = new byte[5000];
      java.util.Arrays.fill(record, (byte) 2);
      channel.output().write(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ReloadableTls tls(TestIssuer issuer, String name) throws Exception {
    return ReloadableTls.open(issuer.issue(name).in(folder.resolve(name), issuer));
  }

  /** Gives a part of what has come, and then, once, nothing in time. */
  private static final class LateStream extends FilterInputStream {
    private boolean timesOutAfterAPart;
    private boolean gavePart;

    LateStream(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (timesOutAfterAPart && gavePart) {
        timesOutAfterAPart = false;
        throw new SocketTimeoutException("nothing in time");
      }
      gavePart = true;
      return super.read(bytes, offset, Math.min(length, PART));
    }
  }
}
