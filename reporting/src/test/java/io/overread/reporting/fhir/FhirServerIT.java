package io.overread.reporting.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.overread.audit.AuditEntry;
import io.overread.audit.AuditLog;
import io.overread.reporting.Desk;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One report from draft to amendment, as a client of the FHIR server sees it. */
class FhirServerIT {
  private static final String STUDY = "1.2.826.0.1.1";

  private final FhirServer server = new FhirServer();
  private final Desk desk = server.desk;
  private final UUID id = desk.draft(desk.study(STUDY, "P1", "A1")).id();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void a_draft_is_preliminary_ai_asserted_and_nobody_interprets_it() {
    var report = report();
    assertThat(report.getStatus()).isEqualTo(DiagnosticReportStatus.PRELIMINARY);
    assertThat(report.getMeta().getSecurityFirstRep().getCode()).isEqualTo("AIAST");
    assertThat(report.getResultsInterpreter()).isEmpty();
    assertThat(report.getCategoryFirstRep().getCodingFirstRep().getCode()).isEqualTo("RAD");
    assertThat(report.getCode().getCodingFirstRep().getCode()).isEqualTo("30745-4");
    assertThat(report.getResult()).hasSize(3);
    assertThat(report.getConclusion()).isEqualTo("The heart is enlarged.\nNo effusion.");
    assertThat(new String(report.getPresentedFormFirstRep().getData(), StandardCharsets.UTF_8))
        .isEqualTo(report.getConclusion());
    assertThat(report.getPresentedFormFirstRep().getTitle()).contains("machine");
    assertThat(report.getBasedOnFirstRep().getIdentifier().getValue()).isEqualTo("A1");
    assertThat(report.getConclusionCode()).isEmpty();
  }

  @Test
  void what_a_guard_objects_to_is_no_conclusion_until_a_person_signs_it_and_is_never_left_out() {
    var marked = desk.markedDraft(desk.study("1.2.4", "P4", "A4")).id();
    var report = server.read(DiagnosticReport.class, "DiagnosticReport/" + marked);
    assertThat(report.getConclusion()).isEqualTo("The heart is enlarged. No pneumothorax.");
    assertThat(new String(report.getPresentedFormFirstRep().getData(), StandardCharsets.UTF_8))
        .contains("The effusion has increased.");
    assertThat(report.getExtension())
        .singleElement()
        .satisfies(
            note ->
                assertThat(((Annotation) note.getValue()).getText())
                    .contains("The effusion has increased.", "It speaks of a change."));
    var nodule =
        (Observation)
            server.search("Observation?_id=" + observed(report)).getEntryFirstRep().getResource();
    assertThat(nodule.getValueCodeableConcept().getText()).isEqualTo("Indeterminate");
    assertThat(nodule.getNote().getLast().getText()).contains("does not depend on the image");
    desk.reviews.accept(Desk.GRAY, marked, 1);
    desk.reviews.sign(Desk.GRAY, marked, 2, Desk.PASSWORD, Desk.MEANING);
    assertThat(server.read(DiagnosticReport.class, "DiagnosticReport/" + marked).getConclusion())
        .contains("The effusion has increased.");
  }

  private static String observed(DiagnosticReport report) {
    return report.getResultFirstRep().getReferenceElement().getIdPart();
  }

  @Test
  void signed_as_drafted_the_report_and_its_findings_are_final_and_the_signer_interprets_it() {
    sign();
    var report = report();
    assertThat(report.getStatus()).isEqualTo(DiagnosticReportStatus.FINAL);
    assertThat(report.getMeta().getSecurity()).isEmpty();
    assertThat(report.getResultsInterpreterFirstRep().getDisplay()).isEqualTo("Dr. Laura Gray");
    assertThat(report.getMeta().getVersionId()).isEqualTo("3");
    assertThat(report.getConclusionCode())
        .singleElement()
        .satisfies(code -> assertThat(code.getText()).isEqualTo("Cardiomegaly"));
    var practitioner = server.get(report.getResultsInterpreterFirstRep().getReference());
    assertThat(practitioner.body()).contains("Dr. Laura Gray");
    assertThat(observations())
        .extracting(Observation::getStatus)
        .containsOnly(ObservationStatus.FINAL);
    assertThat(observations())
        .allMatch(observation -> observation.getMeta().getSecurity().isEmpty());
  }

  @Test
  void findings_of_a_report_signed_in_other_words_stay_preliminary_and_ai_asserted() {
    desk.reviews.edit(Desk.GRAY, id, 1, "Normal.");
    desk.reviews.sign(Desk.GRAY, id, 2, Desk.PASSWORD, Desk.MEANING);
    assertThat(report().getStatus()).isEqualTo(DiagnosticReportStatus.FINAL);
    assertThat(report().getConclusionCode()).isEmpty();
    assertThat(observations())
        .extracting(Observation::getStatus)
        .containsOnly(ObservationStatus.PRELIMINARY);
    assertThat(observations())
        .allMatch(one -> one.getMeta().getSecurityFirstRep().getCode().equals("AIAST"))
        .allMatch(one -> one.getNote().getLast().getText().contains("differs"));
  }

  @Test
  void a_finding_has_its_codes_its_call_and_its_probability() {
    var heart = observation("cardiomegaly");
    assertThat(heart.getCode().getCodingFirstRep().getCode()).isEqualTo("8186001");
    assertThat(heart.getValueCodeableConcept().getText()).isEqualTo("Present");
    var component = heart.getComponentFirstRep();
    assertThat(component.getCode().getCodingFirstRep().getCode()).isEqualTo("111012");
    assertThat(component.getValueQuantity().getValue()).isEqualByComparingTo("91");
    assertThat(heart.getBodySite().getCodingFirstRep().getCode()).isEqualTo("51185008");
    assertThat(observation("effusion").getValueCodeableConcept().getText()).isEqualTo("Absent");
    assertThat(observation("effusion").getCode().getCoding()).hasSize(2);
    assertThat(observation("nodule").getValueCodeableConcept().getText())
        .isEqualTo("Indeterminate");
    assertThat(server.get(heart.getDevice().getReference()).body()).contains(Desk.MODEL.digest());
  }

  @Test
  void a_contrastive_model_beside_it_is_named_with_both_scores_and_what_was_made_of_them() {
    var draft = desk.draftWithContrastive(desk.study("1.2.826.0.1.2", "P2", "A2"));
    var observations =
        server.search("Observation?patient.identifier=P2").getEntry().stream()
            .map(entry -> (Observation) entry.getResource())
            .collect(Collectors.toMap(o -> o.getCode().getText(), o -> o));
    var heart = Objects.requireNonNull(observations.get("cardiomegaly"));
    assertThat(heart.getMethod().getText())
        .contains(
            "Is there cardiomegaly?", "medsiglip 2", Desk.CONTRASTIVE.digest(), "weighing 0.5.");
    assertThat(percent(heart, 0)).isEqualByComparingTo("91");
    assertThat(heart.getComponent().get(1).getCode().getText()).contains("cxr 1.2.0 alone");
    assertThat(percent(heart, 1)).isEqualByComparingTo("87");
    assertThat(heart.getComponent().get(2).getCode().getText()).contains("medsiglip 2");
    assertThat(percent(heart, 2)).isEqualByComparingTo("94");

    var effusion = Objects.requireNonNull(observations.get("effusion"));
    assertThat(effusion.getMethod().getText()).contains("not calibrated and has no part");
    assertThat(percent(effusion, 0)).isEqualByComparingTo("4");
    assertThat(effusion.getComponent().get(2).getCode().getText()).contains("no probability");
    assertThat(effusion.getComponent().get(2).getValueQuantity().getCode()).isEqualTo("1");

    assertThat(server.get("Device?identifier=" + Desk.CONTRASTIVE.digest()).body())
        .contains("Contrastive model", "\"total\":1");
    var provenance =
        (Provenance)
            server
                .search("Provenance?target=DiagnosticReport/" + draft.id())
                .getEntryFirstRep()
                .getResource();
    assertThat(provenance.getAgent())
        .extracting(agent -> agent.getWho().getDisplay())
        .containsExactly("cxr 1.2.0", "medsiglip 2");
  }

  private static BigDecimal percent(Observation observation, int component) {
    return observation.getComponent().get(component).getValueQuantity().getValue();
  }

  @Test
  void where_a_finding_is_seen_and_how_that_was_found_out_is_a_component() {
    var ids = desk.jdbc.sql("select id from finding order by ordinal").query(UUID.class).list();
    desk.jdbc
        .sql("insert into finding_region values (?, 10, 20.25, 30, 40, 'OCCLUSION')")
        .param(ids.getFirst())
        .update();
    var seen = server.read(Observation.class, "Observation/" + ids.getFirst());
    var region = seen.getComponent().getLast();
    assertThat(region.getCode().getCodingFirstRep().getCode()).isEqualTo("111030");
    assertThat(region.getValueStringType().getValue())
        .isEqualTo("columns 10.0 to 30.0, rows 20.3 to 40.0, by covering parts of the image");
    var unseen = server.read(Observation.class, "Observation/" + ids.getLast());
    assertThat(unseen.getComponent()).hasSize(1);
  }

  @Test
  void while_it_is_being_changed_and_after_the_report_shows_what_was_signed_last() {
    sign();
    desk.reviews.amend(Desk.GRAY, id, 3, "Changed.", "Wrong side");
    assertThat(report().getStatus()).isEqualTo(DiagnosticReportStatus.FINAL);
    assertThat(report().getConclusion()).startsWith("The heart is enlarged.");
    desk.reviews.sign(Desk.GRAY, id, 4, Desk.PASSWORD, Desk.MEANING);
    assertThat(report().getStatus()).isEqualTo(DiagnosticReportStatus.AMENDED);
    assertThat(report().getConclusion()).isEqualTo("Changed.");
  }

  @Test
  void every_version_is_read_as_it_was_even_when_the_study_changes_later() {
    sign();
    desk.jdbc.sql("update study set accession_number = 'OTHER'").update();
    var first = server.read(DiagnosticReport.class, "DiagnosticReport/" + id + "/_history/1");
    assertThat(first.getStatus()).isEqualTo(DiagnosticReportStatus.PRELIMINARY);
    assertThat(first.getBasedOnFirstRep().getIdentifier().getValue()).isEqualTo("A1");
    assertThat(report().getBasedOnFirstRep().getIdentifier().getValue()).isEqualTo("OTHER");
    var history = server.search("DiagnosticReport/" + id + "/_history");
    assertThat(history.getType()).isEqualTo(Bundle.BundleType.HISTORY);
    assertThat(history.getEntry())
        .extracting(entry -> entry.getResource().getMeta().getVersionId())
        .containsExactly("3", "2", "1");
    assertThat(server.get("DiagnosticReport/" + id + "/_history/4").statusCode()).isEqualTo(404);
    assertThat(server.get("DiagnosticReport/" + UUID.randomUUID() + "/_history").statusCode())
        .isEqualTo(404);
  }

  @Test
  void the_version_is_the_etag_and_an_unchanged_report_is_not_sent_again() {
    var response = server.get("DiagnosticReport/" + id);
    assertThat(response.headers().firstValue("ETag")).contains("W/\"1\"");
    var again =
        server.send(
            HttpRequest.newBuilder(URI.create(server.base + "/DiagnosticReport/" + id))
                .header("X-Reader", "reader")
                .header("If-None-Match", "W/\"1\""));
    assertThat(again.statusCode()).isEqualTo(304);
  }

  @Test
  void a_new_revision_s_report_says_which_one_it_replaces_and_that_one_is_cancelled() {
    var second =
        desk.draft(desk.completedAgain(desk.reports.find(id).orElseThrow().origin().study()));
    var replacing = server.read(DiagnosticReport.class, "DiagnosticReport/" + second.id());
    assertThat(FhirContext.forR4Cached().newJsonParser().encodeResourceToString(replacing))
        .contains("diagnosticReport-replaces", "DiagnosticReport/" + id);
    assertThat(report().getStatus()).isEqualTo(DiagnosticReportStatus.CANCELLED);
    assertThat(observations())
        .filteredOn(one -> one.getStatus() == ObservationStatus.CANCELLED)
        .hasSize(3);
  }

  @Test
  void provenance_tells_the_model_from_the_person_who_verified() {
    sign();
    var bundle = server.search("Provenance?target=DiagnosticReport/" + id);
    assertThat(bundle.getTotal()).isEqualTo(3);
    var versions =
        bundle.getEntry().stream().map(Bundle.BundleEntryComponent::getResource).toList();
    var signed = (Provenance) versions.getFirst();
    assertThat(signed.getTargetFirstRep().getReference())
        .endsWith("DiagnosticReport/" + id + "/_history/3");
    assertThat(signed.getAgentFirstRep().getType().getCodingFirstRep().getCode())
        .isEqualTo("verifier");
    assertThat(signed.getAgentFirstRep().getWho().getDisplay()).isEqualTo("Dr. Laura Gray");
    assertThat(signed.getSignatureFirstRep().getWho().getDisplay()).isEqualTo("Dr. Laura Gray");
    var drafted = (Provenance) versions.getLast();
    assertThat(drafted.getReasonFirstRep().getCodingFirstRep().getCode()).isEqualTo("AIAST");
    assertThat(drafted.getAgentFirstRep().getWho().getReference()).contains("Device/");
    assertThat(drafted.getSignature()).isEmpty();
  }

  @Test
  void each_reading_of_patient_data_is_audited_with_its_reader_and_without_the_patient_s_name() {
    var before = trail();
    server.get("DiagnosticReport/" + id);
    server.get("DiagnosticReport/" + id + "/_history/1");
    server.get("Patient?name=" + FhirServer.encode("Müller"));
    server.get("metadata");
    server.get("Device");
    var entries = new AuditLog(desk.database.serviceDataSource()).page(before, 100);
    assertThat(entries)
        .extracting(entry -> entry.action() + " " + entry.actor() + " " + entry.subject())
        .containsExactly(
            "REPORT_READ user:reader DiagnosticReport/" + id,
            "REPORT_READ user:reader DiagnosticReport/" + id + "/_history/1",
            "STUDY_VIEWED user:reader Patient");
    assertThat(entries.getFirst().studyInstanceUid()).isEqualTo(STUDY);
    assertThat(entries).extracting(AuditEntry::detail).noneMatch(detail -> detail.contains("ller"));
  }

  @Test
  void what_can_not_be_audited_is_not_shown() {
    JdbcClient.create(desk.database.ownerDataSource())
        .sql("alter table audit_entry rename to audit_elsewhere")
        .update();
    var response = server.get("DiagnosticReport/" + id);
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).doesNotContain("enlarged").doesNotContainIgnoringCase("select");
    assertThat(outcome(response.body()).getIssueFirstRep().getDiagnostics()).contains("log");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DiagnosticReport", "Patient", "Device", "DiagnosticReport/1"})
  void who_is_not_signed_in_reads_nothing(String path) {
    var response = server.send(HttpRequest.newBuilder(URI.create(server.base + "/" + path)));
    assertThat(response.statusCode()).isEqualTo(401);
  }

  @Test
  void nothing_is_written_over_fhir() {
    var report = FhirContext.forR4Cached().newJsonParser().encodeResourceToString(report());
    for (var method : new String[] {"PUT", "DELETE", "PATCH"}) {
      var refused = write("/DiagnosticReport/" + id, method, report);
      assertThat(refused).isBetween(400, 405);
    }
    assertThat(write("/DiagnosticReport", "POST", report)).isBetween(400, 405);
    assertThat(desk.reports.versions(id)).hasSize(1);
  }

  @Test
  void an_unknown_resource_is_a_404_with_an_operation_outcome() {
    for (var path :
        new String[] {"DiagnosticReport/" + UUID.randomUUID(), "Patient/x'--", "Provenance/1"}) {
      var response = server.get(path.replace("'", "%27"));
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(outcome(response.body()).getIssueFirstRep().getDiagnostics()).isNotBlank();
    }
  }

  @Test
  void xml_is_served_to_who_asks_for_it() {
    assertThat(server.get("DiagnosticReport/" + id + "?_format=xml").body())
        .startsWith("<DiagnosticReport xmlns=\"http://hl7.org/fhir\">");
  }

  private void sign() {
    desk.reviews.accept(Desk.GRAY, id, 1);
    desk.reviews.sign(Desk.GRAY, id, 2, Desk.PASSWORD, Desk.MEANING);
  }

  private DiagnosticReport report() {
    return server.read(DiagnosticReport.class, "DiagnosticReport/" + id);
  }

  private List<Observation> observations() {
    return server.search("Observation").getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .map((Resource resource) -> (Observation) resource)
        .toList();
  }

  private Observation observation(String name) {
    return observations().stream()
        .filter(one -> one.getCode().getText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private int write(String path, String method, String body) {
    return server
        .send(
            HttpRequest.newBuilder(URI.create(server.base + path))
                .header("X-Reader", "reader")
                .header("Content-Type", "application/fhir+json")
                .method(method, BodyPublishers.ofString(body)))
        .statusCode();
  }

  private static OperationOutcome outcome(String body) {
    return FhirContext.forR4Cached().newJsonParser().parseResource(OperationOutcome.class, body);
  }

  private long trail() {
    return new AuditLog(desk.database.serviceDataSource()).head().orElseThrow().sequence();
  }
}
