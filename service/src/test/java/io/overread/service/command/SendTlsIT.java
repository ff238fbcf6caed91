package io.overread.service.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code send --tls} to DCMTK's storescp. */
class SendTlsIT {

  private static final Path STORESCP = Path.of("/usr/bin/storescp");

  @TempDir Path folder;

  @Test
  void files_go_over_tls_to_who_asks_for_our_certificate() throws Exception {
    requireStorescp();
    Path key = folder.resolve("key.pem");
    Path certificate = folder.resolve("certificate.pem");
    writeIdentity(key, certificate);
    Path samples = folder.resolve("samples");
    assertThat(CommandLine.run("samples", samples.toString())).isZero();
    Path received = Files.createDirectory(folder.resolve("received"));
    int port = freePort();
    Process storescp =
        new ProcessBuilder(
                STORESCP.toString(),
                "+tls",
                key.toString(),
                certificate.toString(),
                "+cf",
                certificate.toString(),
                "-od",
                received.toString(),
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("storescp.log").toFile())
            .start();
    try {
      await().atMost(Duration.ofSeconds(20)).until(() -> isListening(port));
      String to = "STORESCP@127.0.0.1:" + port;

      assertThat(CommandLine.run("send", samples.toString(), "--to", to))
          .isEqualTo(CommandLine.FAILED);
      assertThat(
              CommandLine.run(
                  "send",
                  samples.toString(),
                  "--to",
                  to,
                  "--tls",
                  "--key",
                  key.toString(),
                  "--certificate",
                  certificate.toString(),
                  "--trust",
                  certificate.toString()))
          .as(Files.readString(folder.resolve("storescp.log")))
          .isZero();
    } finally {
      storescp.destroy();
    }
    assertThat(files(received)).isEqualTo(files(samples)).isPositive();
  }

  private static void requireStorescp() {
    if (!Files.isExecutable(STORESCP)) {
      if ("true".equals(System.getenv("CI"))) {
        Assertions.fail(STORESCP + " is not installed (Debian package dcmtk)");
      }
      Assumptions.abort(STORESCP + " is not installed (Debian package dcmtk)");
    }
  }

  private void writeIdentity(Path key, Path certificate) throws Exception {
    Path store = folder.resolve("identity.p12");
    String password = "test-only";
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-dname",
                "CN=overread",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                password)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).as(Files.readString(folder.resolve("keytool.log"))).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, password.toCharArray());
    }
    write(key, "PRIVATE KEY", keys.getKey("own", password.toCharArray()).getEncoded());
    write(certificate, "CERTIFICATE", keys.getCertificate("own").getEncoded());
  }

  private static void write(Path file, String label, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
  }

  private static long files(Path of) throws IOException {
    try (Stream<Path> found = Files.walk(of)) {
      return found.filter(Files::isRegularFile).count();
    }
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
