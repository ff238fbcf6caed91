package io.overread.gateway.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.audit.AuditEntry;
import io.overread.dicom.data.FileMeta;
import io.overread.gateway.Sample;
import io.overread.gateway.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway of its own behind an HTTP server, and what tests ask of it. */
abstract class HttpGateway {

  static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir static Path home;
  static TestGateway gateway;
  static DicomwebServer server;

  @BeforeAll
  static void start() {
    gateway = new TestGateway(home, study -> {});
    server =
        new DicomwebServer(
            gateway,
            0,
            Map.of("overread.dicomweb.most-results", "3", "overread.dicomweb.most-parts", "20"));
  }

  @AfterAll
  static void stop() {
    server.close();
    gateway.close();
  }

  static List<AuditEntry> ofStudy(String study, String action) {
    return gateway.entries().stream()
        .filter(entry -> study.equals(entry.studyInstanceUid()) && entry.action().equals(action))
        .toList();
  }

  static JsonNode json(String path) throws Exception {
    HttpResponse<byte[]> answer = server.get(path, "application/dicom+json");
    assertThat(answer.statusCode()).as(path + ": " + text(answer)).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/dicom+json");
    return JSON.readTree(answer.body());
  }

  static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  static HttpResponse<byte[]> store(String path, Sample... samples) throws Exception {
    Multipart body = new Multipart();
    for (Sample sample : samples) {
      body.instance(file(sample));
    }
    return post(path, body.bytes());
  }

  static HttpResponse<byte[]> post(String path, byte[] body) throws Exception {
    return server.post(
        path, Multipart.contentType("application/dicom"), BodyPublishers.ofByteArray(body));
  }

  static byte[] file(Sample sample) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FileMeta.of(Sample.SOP_CLASS, sample.sopInstanceUid(), sample.transferSyntax().uid())
        .write(out);
    out.writeBytes(sample.bytes());
    return out.toByteArray();
  }
}
