package io.overread.gateway.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.PeerTools;
import io.overread.gateway.Sample;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orthanc's DICOMweb plugin as a client: it stores, searches and retrieves. */
class OrthancPeerIT extends HttpGateway {

  private static final Path PLUGIN = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Process orthanc;
  private String address;

  @BeforeEach
  void startOrthanc() throws IOException {
    Path binary = PeerTools.orthanc(PLUGIN);
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    address = "http://127.0.0.1:" + port;
    Path configuration = folder.resolve("orthanc.json");
    Files.writeString(
        configuration,
        """
        {"StorageDirectory": "%s", "IndexDirectory": "%s", "HttpPort": %d,
         "DicomServerEnabled": false, "AuthenticationEnabled": false, "Plugins": ["%s"],
         "DicomWeb": {"Enable": true, "Servers": {"overread": {"Url": "%s", "HasDelete": false}}}}
        """
            .formatted(folder, folder, port, PLUGIN, server.url("/")));
    orthanc =
        new ProcessBuilder(binary.toString(), configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("orthanc.log").toFile())
            .start();
    await().atMost(Duration.ofMinutes(1)).until(this::isUp);
  }

  @AfterEach
  void stopOrthanc() throws InterruptedException {
    client.close();
    if (orthanc != null) {
      orthanc.destroy();
      orthanc.waitFor();
    }
  }

  @Test
  void it_stores_here_finds_what_it_stored_and_takes_it_back() throws Exception {
    Sample sample = Sample.of(400, 1).with(Tag.PatientName, "Müller^Jürgen");
    sample.dataSet().putBytes(Tag.PixelData, Vr.OB, new byte[16]);
    HttpResponse<String> kept =
        client.send(
            HttpRequest.newBuilder(URI.create(address + "/instances"))
                .POST(BodyPublishers.ofByteArray(file(sample)))
                .build(),
            BodyHandlers.ofString());
    assertThat(kept.statusCode()).as(kept.body()).isEqualTo(200);
    String id = kept.body().replaceAll("(?s).*\"ID\" : \"([^\"]+)\".*", "$1");

    String stored = post("stow", "{\"Resources\": [\"" + id + "\"], \"Synchronous\": true}");
    assertThat(stored).contains("\"InstancesCount\" : \"1\"");
    assertThat(gateway.instances.find(sample.sopInstanceUid())).isPresent();

    String found =
        post("qido", "{\"Uri\": \"/studies\", \"Arguments\": {\"PatientName\": \"Müller*\"}}");
    assertThat(found).contains("2.25.400");

    client.send(
        HttpRequest.newBuilder(URI.create(address + "/instances/" + id)).DELETE().build(),
        BodyHandlers.discarding());
    String taken =
        post("retrieve", "{\"Resources\": [{\"Study\": \"2.25.400\"}], \"Synchronous\": true}");
    assertThat(taken).contains("\"ReceivedInstancesCount\" : \"1\"");
  }

  private String post(String act, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(address + "/dicom-web/servers/overread/" + act))
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private boolean isUp() throws InterruptedException {
    try {
      return client
              .send(
                  HttpRequest.newBuilder(URI.create(address + "/system")).build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    }
  }
}
