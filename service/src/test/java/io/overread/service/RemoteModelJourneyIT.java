package io.overread.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.overread.service.synthetic.SyntheticChest;
import io.overread.service.synthetic.SyntheticStudy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A model elsewhere beside the one that drafts: it drafts silently, then a rule has it draft and
 * answer, and each call is in the audit trail, without what names the patient.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RemoteModelJourneyIT {
  private static final List<String> ASKED = new CopyOnWriteArrayList<>();

  @TempDir static Path folder;
  private static HttpServer engine;
  private static RunningService service;
  private static List<SyntheticStudy> studies;

  @BeforeAll
  static void start() throws Exception {
    engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    engine.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    engine.createContext(
        "/chat/completions",
        exchange -> {
          String asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          ASKED.add(asked);
          // No log-probabilities; a choice where one is asked for; the modality where that is.
          String said =
              asked.contains("json_schema")
                  ? "{\\\"answer\\\":\\\"no\\\"}"
                  : asked.contains("What imaging modality") ? "A radiograph." : "Nothing unusual.";
          exchange.sendResponseHeaders(200, 0);
          try (var out = exchange.getResponseBody()) {
            out.write(
                ("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                        + said
                        + "\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
                    .getBytes(UTF_8));
          }
        });
    engine.start();
    Path remote =
        Files.writeString(
            folder.resolve("remote.json"),
            """
            {"name": "elsewhere", "version": "1",
             "target": {"engine": "openai", "model": "m", "urls": ["http://127.0.0.1:%d"]},
             "access": {"accepted_hosts": ["127.0.0.1"]}}
            """
                .formatted(engine.getAddress().getPort()));
    studies = new SyntheticChest(Clock.systemUTC()).write(folder);
    service =
        RunningService.start(
            Files.createDirectory(folder.resolve("home")),
            1,
            Map.of(
                "OVERREAD_MODELS", remote.toString(),
                "OVERREAD_SHADOW_MODELS", "elsewhere",
                "OVERREAD_TRIAGE_OFFPEAKFROM", "00:00",
                "OVERREAD_TRIAGE_OFFPEAKUNTIL", "00:00",
                "OVERREAD_DEPARTURE_MASKS_0_WHEN", "Modality = CR",
                "OVERREAD_DEPARTURE_MASKS_0_AREAS_0_X", "0",
                "OVERREAD_DEPARTURE_MASKS_0_AREAS_0_Y", "0.9",
                "OVERREAD_DEPARTURE_MASKS_0_AREAS_0_WIDTH", "1",
                "OVERREAD_DEPARTURE_MASKS_0_AREAS_0_HEIGHT", "0.1"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (service != null) {
      service.close();
    }
    engine.stop(0);
  }

  private static List<JsonNode> audited(String study, String action) throws Exception {
    return service
        .json("/api/studies/" + study + "/audit")
        .valueStream()
        .filter(entry -> entry.path("action").asString().equals(action))
        .toList();
  }

  @Test
  @Order(1)
  void another_model_drafts_silently_and_only_the_comparison_is_shown() throws Exception {
    SyntheticStudy study = studies.get(0);
    assertThat(service.run("send", study.file().toString()).status()).isZero();
    JsonNode report = service.awaitReport(study.studyInstanceUid(), 1);
    String path = "/api/studies/" + study.studyInstanceUid() + "/comparisons";
    JsonNode compared =
        await()
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofMillis(300))
            .until(
                () -> service.json(path).path(0),
                comparison -> !comparison.path("state").asString("DUE").equals("DUE"));
    assertThat(compared.path("state").asString()).as(compared.toString()).isEqualTo("DONE");
    assertThat(compared.path("drafted").path("text")).isEqualTo(report.path("draftText"));
    assertThat(compared.path("shadow").path("text").asString()).isEqualTo("Nothing unusual.");
    assertThat(compared.path("findings").size()).isEqualTo(report.path("findings").size());
    JsonNode row = compared.path("findings").path(0);
    assertThat(row.path("shadow").path("probability").isNull()).isTrue();
    assertThat(row.path("shadow").path("present").asBoolean(true)).isFalse();
    assertThat(row.path("drafted").path("probability").isNumber()).isTrue();
    assertThat(report.path("draftText").asString()).doesNotContain("Nothing unusual");
    assertThat(report.path("model").path("name").asString()).isEqualTo("overread-mini");
    assertThat(audited(study.studyInstanceUid(), "MODELS_COMPARED")).hasSize(1);
    List<JsonNode> asked = audited(study.studyInstanceUid(), "REMOTE_MODEL_ASKED");
    // What kind of image it is, the findings, the text.
    assertThat(asked).hasSize(3);
    assertThat(audited(study.studyInstanceUid(), "REMOTE_MODEL_ANSWERED")).hasSize(3);
    assertThat(asked.toString()).contains("127.0.0.1").contains("imageDigests");
  }

  @Test
  @Order(2)
  void a_rule_has_it_draft_and_answer_and_no_identifier_of_the_patient_leaves() throws Exception {
    JsonNode rules = service.json("/api/triage/rules");
    assertThat(rules.path("models").toString()).contains("elsewhere").contains("overread-mini");
    HttpResponse<String> changed =
        service.send(
            "PUT",
            "/api/triage/rules",
            "{\"version\":0,\"comment\":\"a test\",\"rules\":[{\"name\":\"elsewhere\","
                + "\"when\":\"Modality = CR\",\"model\":\"elsewhere\"}]}",
            null);
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);

    SyntheticStudy study = studies.get(1);
    assertThat(service.run("send", study.file().toString()).status()).isZero();
    JsonNode report = service.awaitReport(study.studyInstanceUid(), 1);
    assertThat(report.path("model").path("name").asString()).isEqualTo("elsewhere");
    assertThat(report.path("draftText").asString()).contains("Nothing unusual.");
    for (JsonNode finding : report.path("findings")) {
      assertThat(finding.path("probability").isNull()).isTrue();
    }
    JsonNode observation = service.json("/fhir/Observation");
    assertThat(observation.toString()).contains("\"unsupported\"");

    ASKED.clear();
    HttpResponse<String> answer =
        service.send(
            "POST",
            "/api/studies/" + study.studyInstanceUid() + "/questions",
            "{\"question\":\"Has accession %s a nodule?\"}".formatted(study.accessionNumber()),
            null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"confidence\":null");
    assertThat(ASKED).hasSize(1);
    assertThat(ASKED.getFirst())
        .contains("Has accession [removed] a nodule?")
        .doesNotContain(study.accessionNumber());
  }

  @Test
  @Order(3)
  void the_loaded_models_are_listed_and_health_is_asked_of_each_replica() throws Exception {
    JsonNode models = service.json("/api/models");
    assertThat(models.size()).isEqualTo(2);
    JsonNode remote = models.path(1);
    assertThat(remote.path("remote").asBoolean()).isTrue();
    assertThat(remote.path("shadow").asBoolean()).isTrue();
    JsonNode health = service.json("/api/models/" + remote.path("digest").asString() + "/health");
    assertThat(health.path(0).path("healthy").asBoolean(true)).as("it has no /models").isFalse();
  }
}
