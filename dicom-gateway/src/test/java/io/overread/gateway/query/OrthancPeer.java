package io.overread.gateway.query;

import io.overread.gateway.PeerTools;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/** An Orthanc with its DICOMweb plugin, which knows a gateway as {@code overread}. */
public record OrthancPeer(Process process, int dicomPort, int httpPort) implements AutoCloseable {

  private static final String PLUGIN = "/usr/share/orthanc/plugins/libOrthancDicomWeb.so";

  /** Starts one over an empty folder. */
  public static OrthancPeer start(Path folder, int gatewayPort) throws Exception {
    PeerTools.require(Path.of("/usr/sbin/Orthanc"), "orthanc");
    PeerTools.require(Path.of(PLUGIN), "orthanc-dicomweb");
    int dicomPort = ListeningPeer.freePort();
    int httpPort = ListeningPeer.freePort();
    Path storage = Files.createDirectories(folder.resolve("orthanc"));
    Path configuration =
        Files.writeString(
            folder.resolve("orthanc.json"),
            """
            {"StorageDirectory": "%s", "IndexDirectory": "%s",
             "DicomAet": "ORTHANC", "DicomPort": %d, "HttpPort": %d,
             "RemoteAccessAllowed": false, "AuthenticationEnabled": false,
             "DicomCheckCalledAet": false, "DicomAlwaysAllowFind": true,
             "DicomAlwaysAllowGet": true, "DicomAlwaysAllowMove": true,
             "Plugins": ["%s"], "DicomWeb": {"Enable": true, "Root": "/dicom-web/"},
             "DicomModalities": {"overread": ["OVERREAD", "127.0.0.1", %d]}}
            """
                .formatted(storage, storage, dicomPort, httpPort, PLUGIN, gatewayPort));
    Process process =
        new ProcessBuilder("/usr/sbin/Orthanc", configuration.toString())
            .redirectErrorStream(true)
            .start();
    Thread.ofVirtual().start(() -> drain(process));
    OrthancPeer peer = new OrthancPeer(process, dicomPort, httpPort);
    for (int attempt = 0; attempt < 600; attempt++) {
      try {
        peer.get("/system");
        return peer;
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    process.destroyForcibly();
    throw new IOException("Orthanc does not listen");
  }

  /** What its REST API answers. */
  public String get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  /** What its REST API answers to a body. */
  public String post(String path, byte[] body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + httpPort + path);
  }

  private static String send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("Orthanc answers " + response.statusCode());
    }
    return response.body();
  }

  private static void drain(Process process) {
    try (InputStream output = process.getInputStream()) {
      output.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // It ended.
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
