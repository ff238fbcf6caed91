package io.overread.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.overread.service.synthetic.SyntheticChest;
import io.overread.service.synthetic.SyntheticStudy;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole journey of a study through the packaged service, with real peers at its edges. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JourneyIT {
  @TempDir static Path folder;
  private static RunningService service;
  private static List<SyntheticStudy> studies;
  private static Archive archive;

  @BeforeAll
  static void start() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    studies = new SyntheticChest(Clock.systemUTC()).write(folder);
    archive = Archive.start(folder);
    service = RunningService.start(home, 2, archive.asDestination());
  }

  @AfterAll
  static void stop() throws Exception {
    if (service != null) {
      service.close();
    }
    archive.close();
  }

  @Test
  @Order(1)
  void a_modality_verifies_the_connection_and_sends_a_study_with_dcmtk() throws Exception {
    TestPeer echoscu = TestPeer.at("/usr/bin/echoscu");
    TestPeer storescu = TestPeer.at("/usr/bin/storescu");
    String port = Integer.toString(service.dicomPort());
    assertThat(echoscu.run(List.of("-aec", "OVERREAD", "127.0.0.1", port)).status()).isZero();
    assertThat(echoscu.run(List.of("-aec", "SOMEBODY", "127.0.0.1", port)).status())
        .as("another AE title is refused")
        .isNotZero();
    var stored =
        storescu.run(
            List.of("-aec", "OVERREAD", "127.0.0.1", port, studies.get(0).file().toString()));
    assertThat(stored.status()).as(stored.output()).isZero();
    JsonNode report = service.awaitReport(studies.get(0).studyInstanceUid(), 1);
    assertThat(report.path("status").asString()).isEqualTo("preliminary");
    assertThat(report.path("draftText").asString()).isNotBlank();
    assertThat(report.path("findings").size()).isGreaterThanOrEqualTo(14);
    for (JsonNode finding : report.path("findings")) {
      assertThat(finding.path("probability").asDouble()).isBetween(0.0, 1.0);
    }
  }

  @Test
  @Order(2)
  void our_own_send_command_sends_the_others_and_drafts_depend_on_the_image() throws Exception {
    var sent =
        service.run("send", studies.get(1).file().toString(), studies.get(2).file().toString());
    assertThat(sent.status()).as(sent.output()).isZero();
    JsonNode second = service.awaitReport(studies.get(1).studyInstanceUid(), 1);
    JsonNode third = service.awaitReport(studies.get(2).studyInstanceUid(), 1);
    assertThat(second.path("findings").get(0).path("probability"))
        .isNotEqualTo(third.path("findings").get(0).path("probability"));
  }

  @Test
  @Order(3)
  void a_radiologist_asks_edits_and_signs_and_a_stale_or_unverified_signature_is_refused()
      throws Exception {
    String study = "/api/studies/" + studies.get(1).studyInstanceUid();
    HttpResponse<String> answer =
        service.send(
            "POST", study + "/questions", "{\"question\":\"What modality is this?\"}", null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    HttpResponse<String> stream =
        service.send(
            service
                .as(study + "/questions")
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(
                    java.net.http.HttpRequest.BodyPublishers.ofString(
                        "{\"question\":\"Is there cardiomegaly?\"}")));
    assertThat(stream.body()).contains("event:token").contains("event:answer");
    HttpResponse<String> change =
        service.send(
            "POST",
            study + "/questions",
            "{\"question\":\"Has the effusion grown since the last study?\"}",
            null);
    assertThat(change.body())
        .contains("\"guard\":\"change-without-prior\"", "\"answer\":\"Cannot be determined.\"");
    assertThat(service.json(study + "/questions").size()).isEqualTo(3);

    String sign = "{\"password\":\"%s\",\"meaning\":\"I have read the images.\"}";
    assertThat(service.send("PUT", study + "/report", "{\"text\":\"x\"}", null).statusCode())
        .isEqualTo(428);
    HttpResponse<String> edited =
        service.send("PUT", study + "/report", "{\"text\":\"Read by a person.\"}", "\"1\"");
    assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);
    assertThat(edited.headers().firstValue("ETag")).contains("\"2\"");
    assertThat(
            service
                .send(
                    "POST",
                    study + "/report/sign",
                    sign.formatted(RunningService.PASSWORD),
                    "\"1\"")
                .statusCode())
        .isEqualTo(412);
    assertThat(
            service
                .send("POST", study + "/report/sign", sign.formatted("not the password"), "\"2\"")
                .statusCode())
        .isEqualTo(403);
    HttpResponse<String> signed =
        service.send(
            "POST", study + "/report/sign", sign.formatted(RunningService.PASSWORD), "\"2\"");
    assertThat(signed.statusCode()).as(signed.body()).isEqualTo(200);
    JsonNode report = service.json(study + "/report");
    assertThat(report.path("status").asString()).isEqualTo("final");
    assertThat(report.path("signedText").asString()).isEqualTo("Read by a person.");
    assertThat(report.path("draftText").asString()).isNotEqualTo("Read by a person.");
    assertThat(report.path("signedBy").asString()).isEqualTo("admin");
    assertThat(service.send("PUT", study + "/report", "{\"text\":\"later\"}", "\"3\"").statusCode())
        .isEqualTo(409);
  }

  @Test
  @Order(4)
  void the_signed_report_is_sent_to_an_archive_and_sent_again_when_a_person_asks()
      throws Exception {
    TestPeer.at("/usr/bin/storescp");
    String path = "/api/studies/" + studies.get(1).studyInstanceUid() + "/deliveries";
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(service.json(path))
                    .hasSize(3)
                    .allMatch(each -> each.path("state").asString().equals("SENT")));
    assertThat(archive.files()).hasSize(3);
    JsonNode first = service.json(path).path(0);
    assertThat(first.path("event").asString()).isEqualTo("SIGNATURE");
    assertThat(first.path("status").asString()).isEqualTo("0000");
    HttpResponse<String> again =
        service.send("POST", path + "/" + first.path("id").asString() + "/resend", "", null);
    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    assertThat(again.body()).contains("\"QUEUED\"");
  }

  @Test
  @Order(4)
  void the_final_report_is_found_over_fhir() throws Exception {
    String accession = studies.get(1).accessionNumber();
    JsonNode bundle =
        service.json("/fhir/DiagnosticReport?identifier=" + accession + "&_format=json");
    assertThat(bundle.path("entry").size()).as(bundle.toString()).isEqualTo(1);
    JsonNode report = bundle.path("entry").get(0).path("resource");
    assertThat(report.path("status").asString()).isEqualTo("final");
    assertThat(report.path("conclusion").asString()).isEqualTo("Read by a person.");
  }

  @Test
  @Order(5)
  void later_images_make_a_new_draft_that_refers_to_the_old_one() throws Exception {
    String study = studies.get(0).studyInstanceUid();
    String first = service.awaitReport(study, 1).path("id").asString();
    Path added = ChangedCopy.anotherImage(studies.get(0).file(), folder.resolve("added.dcm"));
    assertThat(service.run("send", added.toString()).status()).isZero();
    JsonNode second = service.awaitReport(study, 2);
    assertThat(second.path("replaces").asString()).isEqualTo(first);
    assertThat(service.json("/api/studies/" + study).path("revision").asInt()).isEqualTo(2);
  }

  @Test
  @Order(6)
  void an_image_that_is_not_what_its_header_says_gets_no_findings() throws Exception {
    Path ultrasound = folder.resolve("ultrasound.dcm");
    Path angiogram = folder.resolve("angiogram.dcm");
    String not = ChangedCopy.anotherModality(studies.get(0).file(), "US", ultrasound);
    String never = ChangedCopy.anotherModality(studies.get(0).file(), "XA", angiogram);
    assertThat(service.run("send", ultrasound.toString(), angiogram.toString()).status()).isZero();
    JsonNode first = service.awaitReport(not, 1);
    assertThat(first.path("draftText").asString()).contains("does not recognise");
    assertThat(first.path("findings").size()).isZero();
    JsonNode second = service.awaitReport(never, 1);
    assertThat(second.path("draftText").asString()).contains("images of modality XA");
    assertThat(second.path("findings").size()).isZero();
  }

  @Test
  @Order(5)
  void a_quality_control_image_is_shown_with_the_reason_and_never_read() throws Exception {
    Path control = folder.resolve("control.dcm");
    String study = ChangedCopy.qualityControl(studies.get(0).file(), control);
    assertThat(service.run("send", control.toString()).status()).isZero();
    JsonNode row = service.awaitComplete(study);
    assertThat(row.path("triage").path("draft").asBoolean()).isFalse();
    assertThat(row.path("triage").path("reason").asString()).isEqualTo("quality control image");
    assertThat(row.path("completeness").path("reason").asString()).isEqualTo("quiet for 2 s");
    assertThat(row.path("analysis").isNull()).isTrue();
    assertThat(service.send(service.as("/api/studies/" + study + "/report").GET()).statusCode())
        .isEqualTo(404);
    JsonNode read = service.json("/api/studies/" + studies.get(1).studyInstanceUid());
    assertThat(read.path("modelInputs").get(0).path("reason").asString())
        .isEqualTo("frontal view (PA)");
  }

  @Test
  @Order(6)
  void an_administrator_tries_a_rule_and_changes_the_rules() throws Exception {
    String study = studies.get(0).studyInstanceUid();
    String body = "{\"when\":\"%s\",\"studyInstanceUid\":\"%s\"}";
    HttpResponse<String> tried =
        service.send("POST", "/api/triage/try", body.formatted("Modality = CR", study), null);
    assertThat(tried.body()).contains("\"holds\":true").contains("\"values\":[\"CR\"]");
    HttpResponse<String> mistake =
        service.send("POST", "/api/triage/try", body.formatted("Modalty = CR", study), null);
    assertThat(mistake.body()).contains("\"position\":0").contains("no keyword");
    String change =
        "{\"version\":0,\"comment\":\"a test\",\"rules\":[{\"name\":\"first\","
            + "\"when\":\"Modality = CR\",\"priority\":\"URGENT\"}]}";
    assertThat(service.send("PUT", "/api/triage/rules", change, null).statusCode()).isEqualTo(200);
    assertThat(service.send("PUT", "/api/triage/rules", change, null).statusCode()).isEqualTo(412);
    JsonNode rules = service.json("/api/triage/rules");
    assertThat(rules.path("version").asInt()).isEqualTo(1);
    assertThat(rules.path("changes").get(0).path("by").asString()).isEqualTo("user:admin");
  }

  @Test
  @Order(6)
  void nothing_but_the_health_check_and_the_consoles_own_files_is_open() throws Exception {
    for (String path :
        List.of(
            "/api/studies",
            "/api/studies/" + studies.get(0).studyInstanceUid() + "/report",
            "/api/model",
            "/api/openapi.json",
            "/fhir/metadata",
            "/fhir/Patient",
            "/dicomweb/studies",
            "/dicomweb/studies/" + studies.get(0).studyInstanceUid(),
            "/actuator",
            "/actuator/env",
            "/anything")) {
      assertThat(service.send(service.request(path, null).GET()).statusCode())
          .as(path)
          .isEqualTo(401);
    }
    assertThat(service.send(service.request("/actuator/health", null).GET()).statusCode())
        .isEqualTo(200);
    HttpResponse<String> console = service.send(service.request("/", null).GET());
    assertThat(console.statusCode()).isEqualTo(200);
    assertThat(console.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(
            service
                .send(
                    service
                        .request("/api/session", null)
                        .header("Content-Type", "application/json")
                        .POST(
                            java.net.http.HttpRequest.BodyPublishers.ofString(
                                "{\"username\":\"admin\",\"password\":\"x\"}")))
                .statusCode())
        .as("a sign-in without the CSRF token")
        .isEqualTo(403);
  }

  @Test
  @Order(6)
  void dicomweb_finds_gives_and_takes_studies_in_the_name_of_who_is_signed_in() throws Exception {
    String study = studies.get(0).studyInstanceUid();
    JsonNode found = service.json("/dicomweb/studies?StudyInstanceUID=" + study);
    assertThat(found.at("/0/0020000D/Value/0").asString()).isEqualTo(study);
    JsonNode metadata = service.json("/dicomweb/studies/" + study + "/metadata");
    assertThat(metadata.at("/0/0020000D/Value/0").asString()).isEqualTo(study);
    byte[] file = Files.readAllBytes(studies.get(0).file());
    assertThat(service.send(stow(service.as("/dicomweb/studies"), file)).statusCode())
        .as("the same instance again")
        .isEqualTo(200);
    assertThat(service.send(stow(service.request("/dicomweb/studies", null), file)).statusCode())
        .as("neither password nor token against forgery")
        .isEqualTo(403);
    assertThat(service.send(service.as("/dicomweb/nothing").GET()).statusCode()).isEqualTo(404);
    List<String> acts = new ArrayList<>();
    for (JsonNode entry : service.json("/api/studies/" + study + "/audit")) {
      acts.add(entry.path("action").asString() + " " + entry.path("actor").asString());
    }
    assertThat(acts).contains("INSTANCES_RETRIEVED user:admin", "INSTANCE_DUPLICATE user:admin");
    assertThat(service.json("/api/openapi.json").path("paths").has("/dicomweb/studies/{study}"))
        .isTrue();
  }

  private static HttpRequest.Builder stow(HttpRequest.Builder request, byte[] file) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("--b\r\nContent-Type: application/dicom\r\n\r\n".getBytes(US_ASCII));
    body.writeBytes(file);
    body.writeBytes("\r\n--b--\r\n".getBytes(US_ASCII));
    return request
        .header("Content-Type", "multipart/related; type=\"application/dicom\"; boundary=b")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
  }

  @Test
  @Order(8)
  void a_lost_password_is_replaced_beside_the_running_service() throws Exception {
    RunningService.Ended reset = service.run("password");
    assertThat(reset.status()).as(reset.output()).isZero();
    String drawn = reset.output().strip().replaceFirst(".* is ", "");
    assertThat(service.send(service.request("/api/model", "admin:" + drawn).GET()).statusCode())
        .isEqualTo(200);
    assertThat(service.send(service.as("/api/model").GET()).statusCode()).isEqualTo(401);
    assertThat(service.run("password", "nobody").status()).isEqualTo(1);
  }

  @Test
  @Order(7)
  void the_audit_chain_verifies_and_what_the_databases_owner_changes_is_named() throws Exception {
    RunningService.Ended intact = service.run("audit", "verify");
    assertThat(intact.status()).as(intact.output()).isZero();
    assertThat(intact.output()).contains("intact");
    long tampered;
    try (Connection owner = owner();
        var statement = owner.createStatement();
        var row =
            statement.executeQuery(
                "UPDATE audit_entry SET actor = 'user:somebody' WHERE sequence ="
                    + " (SELECT max(sequence) - 3 FROM audit_entry) RETURNING sequence")) {
      row.next();
      tampered = row.getLong(1);
    }
    RunningService.Ended broken = service.run("audit", "verify");
    assertThat(broken.status()).as(broken.output()).isEqualTo(1);
    assertThat(broken.output()).contains("broken at entry " + tampered + ":");
  }

  /** Connects as the owner of the embedded database, who can change anything. */
  private static Connection owner() throws Exception {
    Path home = folder.resolve("home");
    Properties secrets = new Properties();
    try (var reader = Files.newBufferedReader(home.resolve("secrets/database.properties"))) {
      secrets.load(reader);
    }
    String port = Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).get(3);
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/overread",
        "postgres",
        secrets.getProperty("owner"));
  }
}
