package io.overread.reporting.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.Outcome;
import io.overread.reporting.Desk;
import io.overread.reporting.conversation.RecordedQuestion.Given;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every resource of a life with every turn in it, read over HTTP, passes HAPI's validator. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValidResourcesIT {
  private final FhirServer server = new FhirServer();
  private final Validator validator = new Validator();
  private String amended = "";

  @BeforeAll
  void a_life_with_every_turn() {
    var desk = server.desk;
    var signed = desk.draft(desk.study("1.2.826.0.1.1", "P1", "A1")).id();
    amended = signed.toString();
    desk.reviews.accept(Desk.GRAY, signed, 1);
    desk.reviews.sign(Desk.GRAY, signed, 2, Desk.PASSWORD, Desk.MEANING);
    desk.reviews.amend(Desk.GRAY, signed, 3, "Changed.", "Wrong side");
    desk.reviews.edit(Desk.GRAY, signed, 4, "Changed again.");
    desk.reviews.sign(Desk.GRAY, signed, 5, Desk.PASSWORD, Desk.MEANING);
    var superseded = desk.study("1.2.826.0.1.2", "P2", "A2");
    desk.draft(superseded);
    desk.draft(desk.completedAgain(superseded));
    var rejected = desk.draft(desk.study("1.2.826.0.1.3", "P3", "")).id();
    desk.reviews.reject(Desk.GRAY, rejected, 1, "Not this patient");
    desk.markedDraft(desk.study("1.2.826.0.1.5", "P5", "A5"));
    desk.draftWithContrastive(desk.study("1.2.826.0.1.6", "P6", "A6"));
    bareStudy();
    oddStudy();
    var question = desk.conversation.ask("1.2.826.0.1.1", "gray", "Effusion?", "ab");
    desk.conversation.answer(question.id(), new Given("No.", -0.1, false, "stop"));
    var outcomes = List.of(Outcome.values());
    int entry = 0;
    for (var action : AuditAction.values()) {
      var outcome = outcomes.get(entry++ % outcomes.size());
      desk.transactions.executeWithoutResult(
          status ->
              desk.audit.append(
                  new AuditAct(
                      action, outcome, "ae:MODALITY", "1.2.9", "1.2.9.1", Map.of("a", "b"))));
    }
  }

  @AfterAll
  void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DiagnosticReport",
        "Observation",
        "ImagingStudy",
        "Patient",
        "Device",
        "Provenance",
        "AuditEvent",
        "Practitioner",
        "Organization"
      })
  void every_resource_is_valid(String type) {
    var bundle = server.search(type + "?_count=100");
    assertThat(bundle.getEntry()).isNotEmpty();
    assertValid(bundle);
  }

  @Test
  void every_version_of_a_report_is_valid_and_so_is_its_history() {
    var history = server.search("DiagnosticReport/" + amended + "/_history");
    assertThat(history.getEntry()).hasSize(6);
    assertValid(history);
    assertThat(validator.errors(history)).isEmpty();
  }

  @Test
  void a_search_with_everything_included_is_a_valid_bundle() {
    var bundle =
        server.search(
            "DiagnosticReport?_include=DiagnosticReport:subject&_include=DiagnosticReport:result"
                + "&_include=DiagnosticReport:imaging-study&_include=DiagnosticReport:performer"
                + "&_include=DiagnosticReport:results-interpreter");
    assertThat(validator.errors(bundle)).isEmpty();
  }

  @Test
  void the_capability_statement_is_valid() {
    assertThat(validator.errors(server.read(CapabilityStatement.class, "metadata"))).isEmpty();
  }

  @Test
  void an_operation_outcome_of_ours_is_valid() {
    var response = server.get("DiagnosticReport?colour=red");
    var outcome = FhirContext.forR4Cached().newJsonParser().parseResource(response.body());
    assertThat(validator.errors(outcome)).isEmpty();
  }

  @Test
  void the_validator_does_find_what_is_wrong() {
    var bundle = server.search("Observation?_count=1");
    var observation = (Observation) bundle.getEntryFirstRep().getResource();
    observation.setStatus(null);
    assertThat(validator.errors(observation)).isNotEmpty();
  }

  private void assertValid(Bundle bundle) {
    for (var entry : bundle.getEntry()) {
      List<String> errors = validator.errors(entry.getResource());
      assertThat(errors).as(entry.getFullUrl()).isEmpty();
    }
  }

  /** A study of which the peer told what no standard allows, as far as the gateway takes it. */
  private void oddStudy() {
    var study = server.desk.study("1.2.826.00.1.5", "P'5\"; --", "A 5|\\,$&");
    server
        .desk
        .jdbc
        .sql(
            """
            update study set patient_name = '<script>alert(1)</script>^A&B^=^=^^^^^^x?',
              patient_sex = 'female', study_description = '</div><p>\u00a0%s',
              issuer_of_patient_id = '1.02.x', study_date = '20260230'
            where study_instance_uid = :uid
            """)
        .param("uid", study.studyInstanceUid())
        .update();
    server
        .desk
        .jdbc
        .sql(
            """
            update series set modality = 'C  T', series_number = -5, body_part_examined = ' '
            where study_instance_uid = :uid
            """)
        .param("uid", study.studyInstanceUid())
        .update();
    server.desk.draft(study);
  }

  /** A study of which the peer told next to nothing. */
  private void bareStudy() {
    server
        .desk
        .jdbc
        .sql(
            """
            insert into study (study_instance_uid, state, patient_name, patient_birth_date,
              patient_sex, study_date, first_instance_at, revision_started_at, last_instance_at)
            values ('1.2.826.0.1.4', 'RECEIVING', '=山田^太郎', '19991399', '', 'yesterday',
              now(), now(), now())
            """)
        .update();
    server.desk.jdbc.sql("insert into series values ('1.2.826.0.1.4', '1.2.826.0.1.4.1')").update();
  }
}
