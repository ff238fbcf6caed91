package io.overread.gateway.delivery;

import io.overread.gateway.PeerTools;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Orthanc with its DICOMweb plugin; without it a test is skipped, or fails where CI is set. */
final class OrthancServer implements AutoCloseable {

  private static final Path BINARY = Path.of("/usr/sbin/Orthanc");
  private static final Path DICOM_WEB = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");

  final int dicomPort;
  final int httpPort;
  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();

  OrthancServer(Path folder) throws IOException {
    PeerTools.require(BINARY, "orthanc");
    PeerTools.require(DICOM_WEB, "orthanc-dicomweb");
    this.dicomPort = freePort();
    this.httpPort = freePort();
    Path settings = folder.resolve("orthanc.json");
    Files.writeString(
        settings,
        """
        {"StorageDirectory": "%1$s", "IndexDirectory": "%1$s", "HttpPort": %2$d, "DicomPort": %3$d,
         "DicomAet": "PACS", "AuthenticationEnabled": false, "RemoteAccessAllowed": false,
         "DicomAlwaysAllowStore": true, "DicomAlwaysAllowFind": true,
         "Plugins": ["%4$s"], "DicomWeb": {"Enable": true, "Root": "/dicom-web/"}}
        """
            .formatted(folder.resolve("orthanc"), httpPort, dicomPort, DICOM_WEB));
    this.process =
        new ProcessBuilder(BINARY.toString(), settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("orthanc.log").toFile())
            .start();
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::answers);
  }

  /** The body of an answer of its REST interface, which has to be a success. */
  byte[] get(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path)).build(),
            BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": HTTP " + response.statusCode());
    }
    return response.body();
  }

  private boolean answers() throws InterruptedException {
    try {
      get("/system");
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
