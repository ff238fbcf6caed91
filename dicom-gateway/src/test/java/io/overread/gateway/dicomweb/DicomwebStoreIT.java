package io.overread.gateway.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.db.TestDatabase;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.DataSetBytes;
import io.overread.gateway.Sample;
import io.overread.gateway.TestGateway;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** STOW-RS over HTTP, on a real store. */
class DicomwebStoreIT extends HttpGateway {

  @Test
  void what_is_stored_is_answered_after_it_is_there_and_is_audited_for_the_user() throws Exception {
    HttpResponse<byte[]> answer = store("/studies", Sample.of(100, 1), Sample.of(100, 2));

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode body = JSON.readTree(answer.body());
    assertThat(body.at("/00081190/Value/0").asString()).isEqualTo(server.url("/studies/2.25.100"));
    assertThat(body.at("/00081199/Value").size()).isEqualTo(2);
    assertThat(body.at("/00081199/Value/0/00081155/Value/0").asString()).isEqualTo("2.25.100.1.1");
    assertThat(body.has("00081198")).isFalse();
    assertThat(DataSetBytes.of(gateway.instances.find("2.25.100.1.1").orElseThrow().path()))
        .isEqualTo(Sample.of(100, 1).bytes());
    assertThat(ofStudy("2.25.100", "INSTANCE_STORED"))
        .hasSize(2)
        .allMatch(entry -> entry.actor().equals("user:reader"));
  }

  @Test
  void the_same_instance_again_is_a_success_and_another_under_its_uid_is_not() throws Exception {
    Sample first = Sample.of(101, 1);
    store("/studies", first);

    assertThat(store("/studies", first).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> other =
        store("/studies", first.with(Tag.PatientName, "Roe^Richard"), Sample.of(101, 2));
    assertThat(other.statusCode()).isEqualTo(202);
    JsonNode body = JSON.readTree(other.body());
    assertThat(body.at("/00081198/Value/0/00081197/Value/0").asInt()).isEqualTo(0x0111);
    assertThat(body.at("/00081198/Value/0/00081155/Value/0").asString()).isEqualTo("2.25.101.1.1");
    assertThat(body.at("/00081199/Value/0/00081155/Value/0").asString()).isEqualTo("2.25.101.1.2");
  }

  @Test
  void an_instance_of_another_study_than_the_path_names_is_a_conflict() throws Exception {
    HttpResponse<byte[]> answer = store("/studies/2.25.999", Sample.of(102, 1));

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(JSON.readTree(answer.body()).at("/00081198/Value/0/00081197/Value/0").asInt())
        .isEqualTo(0xA900);
    assertThat(gateway.instances.find("2.25.102.1.1")).isEmpty();
  }

  @Test
  void what_is_no_dicom_file_is_named_among_the_other_failures() throws Exception {
    byte[] body = new Multipart().instance(new byte[1000]).bytes();
    HttpResponse<byte[]> answer = post("/studies", body);

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(JSON.readTree(answer.body()).at("/0008119A/Value/0/00081197/Value/0").asInt())
        .isEqualTo(0xC000);
  }

  @Test
  void a_body_that_breaks_off_keeps_nothing_of_its_last_instance() throws Exception {
    byte[] whole =
        new Multipart().instance(file(Sample.of(103, 1))).instance(file(Sample.of(103, 2))).bytes();
    byte[] half = Arrays.copyOf(whole, whole.length - 60);

    assertThat(post("/studies", half).statusCode()).isEqualTo(400);
    assertThat(gateway.instances.ofStudy("2.25.103")).hasSize(1);
  }

  @Test
  void wrong_bodies_have_their_own_statuses() throws Exception {
    byte[] one = new Multipart().instance(file(Sample.of(104, 1))).bytes();
    Multipart many = new Multipart();
    for (int part = 0; part < 21; part++) {
      many.instance(new byte[10]);
    }
    assertThat(post("/studies", many.bytes()).statusCode()).isEqualTo(413);
    assertThat(post("/studies", new Multipart().bytes()).statusCode()).isEqualTo(400);
    assertThat(post("/studies/not-a-uid", one).statusCode()).isEqualTo(400);
    for (String type :
        List.of(
            "application/json",
            Multipart.contentType("application/dicom+xml"),
            "multipart/form-data; boundary=" + Multipart.BOUNDARY)) {
      HttpResponse<byte[]> answer = server.post("/studies", type, BodyPublishers.ofByteArray(one));
      assertThat(answer.statusCode()).as(type).isEqualTo(415);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
    assertThat(
            server
                .post(
                    "/studies",
                    "multipart/related; type=\"application/dicom\"",
                    BodyPublishers.ofByteArray(one))
                .statusCode())
        .as("without a boundary")
        .isEqualTo(400);
  }

  @Test
  void metadata_in_json_with_bulk_data_beside_it_makes_an_instance() throws Exception {
    Sample sample = Sample.of(105, 1).with(Tag.PatientName, "Müller^Jürgen=山田^太郎");
    store("/studies", sample);
    String path = "/studies/2.25.105/series/2.25.105.1/instances/2.25.105.1.1/metadata";
    String metadata =
        new String(server.get(path, "application/dicom+json").body(), StandardCharsets.UTF_8)
            .replace("2.25.105", "2.25.106")
            .replaceAll(
                "\"7FE00010\":\\{[^}]*\\}",
                "\"7FE00010\":{\"vr\":\"OB\",\"BulkDataURI\":\"pixels\"}");
    byte[] pixels = new byte[16];
    pixels[3] = 77;
    byte[] body =
        new Multipart()
            .part("Content-Type: application/dicom+json", metadata.getBytes(StandardCharsets.UTF_8))
            .part("Content-Type: application/octet-stream\r\nContent-Location: pixels", pixels)
            .bytes();

    HttpResponse<byte[]> answer =
        server.post(
            "/studies",
            Multipart.contentType("application/dicom+json"),
            BodyPublishers.ofByteArray(body));

    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    var stored = gateway.instances.find("2.25.106.1.1").orElseThrow();
    byte[] dataSet = DataSetBytes.of(stored.path());
    assertThat(Arrays.copyOfRange(dataSet, dataSet.length - 16, dataSet.length)).isEqualTo(pixels);
    assertThat(gateway.ledger.find("2.25.106").orElseThrow().patient().patientName())
        .isEqualTo("Müller^Jürgen=山田^太郎");
    try (var left = Files.list(gateway.folder.incoming())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void without_room_nothing_is_stored_and_the_sender_is_to_come_again(@TempDir Path other)
      throws Exception {
    try (TestGateway full =
            new TestGateway(TestDatabase.create(), other, study -> {}, Long.MAX_VALUE);
        DicomwebServer server = new DicomwebServer(full, 0, Map.of())) {
      byte[] body = new Multipart().instance(file(Sample.of(107, 1))).bytes();
      HttpResponse<byte[]> answer =
          server.post(
              "/studies",
              Multipart.contentType("application/dicom"),
              BodyPublishers.ofByteArray(body));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(JSON.readTree(answer.body()).at("/00081198/Value/0/00081197/Value/0").asInt())
          .isEqualTo(0xA700);
      assertThat(full.count("instance")).isZero();
    }
  }
}
