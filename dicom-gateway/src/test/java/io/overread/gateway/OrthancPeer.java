package io.overread.gateway;

import io.overread.gateway.query.ListeningPeer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * An Orthanc {@code ORTHANC} with its DICOMweb plugin, which knows a gateway as {@code overread}.
 * Without it a test is skipped, or fails where CI is set.
 */
public final class OrthancPeer implements AutoCloseable {

  private static final Path BINARY = Path.of("/usr/sbin/Orthanc");
  private static final Path DICOM_WEB = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");

  private final int dicomPort;
  private final int httpPort;
  private final Process process;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * Starts one over an empty folder.
   *
   * @param gatewayPort where it reports and moves to
   * @param gatewayWeb the base of the gateway's DICOMweb services
   */
  public OrthancPeer(Path folder, int gatewayPort, String gatewayWeb) throws IOException {
    PeerTools.require(BINARY, "orthanc");
    PeerTools.require(DICOM_WEB, "orthanc-dicomweb");
    this.dicomPort = ListeningPeer.freePort();
    this.httpPort = ListeningPeer.freePort();
    Path settings = folder.resolve("orthanc.json");
    Files.writeString(
        settings,
        """
        {"StorageDirectory": "%1$s", "IndexDirectory": "%1$s",
         "DicomAet": "ORTHANC", "DicomPort": %2$d, "HttpPort": %3$d, "KeepAlive": false,
         "RemoteAccessAllowed": false, "AuthenticationEnabled": false,
         "DicomCheckCalledAet": false, "DicomAlwaysAllowStore": true,
         "DicomAlwaysAllowFind": true, "DicomAlwaysAllowGet": true, "DicomAlwaysAllowMove": true,
         "Plugins": ["%4$s"],
         "DicomWeb": {"Enable": true, "Root": "/dicom-web/",
                      "Servers": {"overread": {"Url": "%5$s", "HasDelete": false}}},
         "DicomModalities": {"overread": ["OVERREAD", "127.0.0.1", %6$d]}}
        """
            .formatted(
                folder.resolve("orthanc"),
                dicomPort,
                httpPort,
                DICOM_WEB,
                gatewayWeb,
                gatewayPort));
    this.process =
        new ProcessBuilder(BINARY.toString(), settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("orthanc.log").toFile())
            .start();
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::answers);
  }

  /** Starts one that calls no DICOMweb service. */
  public OrthancPeer(Path folder, int gatewayPort) throws IOException {
    this(folder, gatewayPort, "http://127.0.0.1:1/");
  }

  /** Its DICOM port. */
  public int dicomPort() {
    return dicomPort;
  }

  /** The base of its DICOMweb services. */
  public String dicomWeb() {
    return "http://127.0.0.1:" + httpPort + "/dicom-web/";
  }

  /** What its REST API answers, which has to be a success. */
  public byte[] bytes(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  /** The same as text. */
  public String get(String path) throws IOException, InterruptedException {
    return new String(bytes(path), StandardCharsets.UTF_8);
  }

  /** What its REST API answers to a body. */
  public String post(String path, byte[] body) throws IOException, InterruptedException {
    return new String(
        send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofByteArray(body)).build()),
        StandardCharsets.UTF_8);
  }

  /** Deletes what is there. */
  public void delete(String path) throws IOException, InterruptedException {
    send(HttpRequest.newBuilder(uri(path)).DELETE().build());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + httpPort + path);
  }

  private byte[] send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(
          "Orthanc answers "
              + response.statusCode()
              + " "
              + new String(response.body(), StandardCharsets.UTF_8));
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

  @Override
  public void close() throws InterruptedException {
    client.close();
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
