package io.overread.reporting.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.overread.reporting.Desk;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Searching three studies: 1.2.1 of patient P1, signed; 1.2.2 of the same patient, a draft; 1.2.3
 * of P2, a draft. A search is right when it finds these and no other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FhirSearchIT {
  private final FhirServer server = new FhirServer();

  @BeforeAll
  void three_studies() {
    var desk = server.desk;
    var signed = desk.draft(desk.study("1.2.1", "P1", "A1")).id();
    desk.reviews.accept(Desk.GRAY, signed, 1);
    desk.reviews.sign(Desk.GRAY, signed, 2, Desk.PASSWORD, Desk.MEANING);
    desk.draft(desk.study("1.2.2", "P1", "A2"));
    desk.draft(desk.study("1.2.3", "P2", "A,3"));
    desk.jdbc
        .sql(
            """
            update study set study_date = '20260210', patient_name = 'O''Brien^Sean',
              issuer_of_patient_id = '2.999.1' where study_instance_uid = '1.2.3'
            """)
        .update();
  }

  @AfterAll
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "status=final! 1",
        "status=preliminary! 2 3",
        "status=final,preliminary! 1 2 3",
        "status=final&status=preliminary! -",
        "status=http://hl7.org/fhir/diagnostic-report-status|final! 1",
        "status=http://example.org|final! -",
        "status=cancelled! -",
        "identifier=A1! 1",
        "identifier=|A1! 1",
        "identifier=http://example.org|A1! -",
        "identifier=A%5C,3! 3",
        "identifier=A1,A2! 1 2",
        "based-on:identifier=A2! 2",
        "imaging-study.identifier=urn:dicom:uid|urn:oid:1.2.3! 3",
        "imaging-study.identifier=1.2.3! 3",
        "patient.identifier=P1! 1 2",
        "patient.identifier=urn:oid:2.999.1|P2! 3",
        "patient.identifier=urn:oid:2.999.1|P1! -",
        "code=30745-4! 1 2 3",
        "code=http://loinc.org|30745-4! 1 2 3",
        "code=http://loinc.org|! 1 2 3",
        "code=http://loinc.org|18748-4! -",
        "category=RAD! 1 2 3",
        "category=LAB! -",
        "date=2026! 1 2 3",
        "date=2026-01! 1 2",
        "date=2026-01-05! 1 2",
        "date=ge2026-02! 3",
        "date=gt2026-01-05! 3",
        "date=lt2026-02-10! 1 2",
        "date=le2026-02-10! 1 2 3",
        "date=ge2026-01-05&date=lt2026-02! 1 2",
        "date=ne2026-01-05! 3",
        "date=sa2026-01! 3",
        "date=eb2026-02! 1 2",
        "date=2026-01-05T10:00:00Z! -",
        "date=2025,2026-02-10! 3",
        "issued=2026-01-05! 1 2 3",
        "issued=lt2026-01-05T00:00:00Z! -",
        "_lastUpdated=ge2026-01-05T00:00:00Z! 1 2 3",
        "_lastUpdated=gt2030! -",
        "patient=unknown! -",
        "status=%27%20or%201=1--! -",
        "_count=100&_format=json! 1 2 3",
      })
  void reports_are_found_by(String query, String studies) {
    assertThat(studies(server.search("DiagnosticReport?" + query))).isEqualTo(set(studies));
  }

  @Test
  void reports_are_found_by_the_ids_of_patient_study_and_signer() {
    var report = server.search("DiagnosticReport?identifier=A1").getEntryFirstRep().getResource();
    var signed = (DiagnosticReport) report;
    var patient = signed.getSubject().getReferenceElement().getIdPart();
    var study = signed.getImagingStudyFirstRep().getReferenceElement().getIdPart();
    var person = signed.getResultsInterpreterFirstRep().getReferenceElement().getIdPart();
    for (var query :
        List.of(
            "patient=" + patient,
            "patient=Patient/" + patient,
            "subject=Patient/" + patient,
            "subject=" + FhirServer.encode(server.base + "/Patient/" + patient))) {
      assertThat(studies(server.search("DiagnosticReport?" + query))).isEqualTo(set("1 2"));
    }
    for (var query :
        List.of(
            "imaging-study=" + study,
            "study=ImagingStudy/" + study,
            "results-interpreter=" + person,
            "_id=" + signed.getIdPart(),
            "identifier=urn:uuid:" + signed.getIdPart())) {
      assertThat(studies(server.search("DiagnosticReport?" + query))).isEqualTo(set("1"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "Patient?identifier=P1! 1",
        "Patient?identifier=urn:oid:2.999.1|P2! 1",
        "Patient?name=m%C3%BCller! 1",
        "Patient?name=M%C3%BCl! 1",
        "Patient?name=anna! 1",
        "Patient?name=nna! 0",
        "Patient?name=O%27Brien! 1",
        "Patient?name=%25! 0",
        "Patient?name=_! 0",
        "Patient?birthdate=1961-02-03! 2",
        "Patient?birthdate=1961! 2",
        "Patient?birthdate=1960! 0",
        "ImagingStudy?identifier=urn:dicom:uid|urn:oid:1.2.1! 1",
        "ImagingStudy?identifier=A2! 1",
        "ImagingStudy?status=available! 3",
        "ImagingStudy?status=registered! 0",
        "ImagingStudy?started=2026-02-10! 1",
        "ImagingStudy?modality=DX! 3",
        "ImagingStudy?modality=http://dicom.nema.org/resources/ontology/DCM|DX! 3",
        "ImagingStudy?modality=CT! 0",
        "ImagingStudy?patient.identifier=P1! 2",
        "Observation?code=8186001! 3",
        "Observation?code=http://radlex.org|RID34539! 3",
        "Observation?code=http://radlex.org|! 3",
        "Observation?code=|8186001! 0",
        "Observation?status=final! 3",
        "Observation?status=preliminary! 6",
        "Observation?date=2026-02-10! 3",
        "Observation?patient.identifier=P2! 3",
        "Observation?category=imaging! 9",
        "Device?device-name=cxr! 1",
        "Device?device-name=other! 0",
        "Practitioner?name=gray! 1",
        "Practitioner?identifier=gray! 1",
        "Provenance?recorded=2026-01-05! 5",
        "AuditEvent?date=2025! 0",
        "AuditEvent?outcome=8! 0",
        "Organization! 1",
      })
  void other_resources_are_found_by(String query, int total) {
    assertThat(server.search(query).getTotal()).isEqualTo(total);
  }

  @Test
  void audit_events_are_found_by_the_report_the_study_and_the_patient() {
    var report = server.search("DiagnosticReport?identifier=A2").getEntryFirstRep().getResource();
    var draft = (DiagnosticReport) report;
    assertThat(server.search("AuditEvent?entity=DiagnosticReport/" + draft.getIdPart()).getTotal())
        .isPositive();
    assertThat(
            server
                .search("AuditEvent?entity=" + draft.getImagingStudyFirstRep().getReference())
                .getTotal())
        .isGreaterThanOrEqualTo(2);
    assertThat(server.search("AuditEvent?patient=" + draft.getSubject().getReference()).getTotal())
        .isGreaterThanOrEqualTo(6);
  }

  @Test
  void a_page_links_to_the_next_until_all_have_been_seen_once() {
    var seen = new ArrayList<String>();
    var page = server.search("Observation?_count=2&status=preliminary,final");
    while (true) {
      assertThat(page.getTotal()).isEqualTo(9);
      page.getEntry().forEach(entry -> seen.add(entry.getResource().getIdPart()));
      var next = page.getLink(Bundle.LINK_NEXT);
      if (next == null) {
        break;
      }
      page = server.search(next.getUrl().substring(server.base.length() + 1));
    }
    assertThat(seen).hasSize(9).doesNotHaveDuplicates();
    assertThat(page.getLink(Bundle.LINK_PREV).getUrl()).contains("_offset=6");
  }

  @Test
  void a_count_of_zero_asks_for_the_number_only() {
    var bundle = server.search("DiagnosticReport?_count=0");
    assertThat(bundle.getTotal()).isEqualTo(3);
    assertThat(bundle.getEntry()).isEmpty();
  }

  @Test
  void included_resources_come_once_each_and_are_marked() {
    var bundle =
        server.search(
            "DiagnosticReport?patient.identifier=P1&_include=DiagnosticReport:subject"
                + "&_include=DiagnosticReport:result&_include=DiagnosticReport:imaging-study");
    assertThat(
            bundle.getEntry().stream()
                .filter(entry -> entry.getSearch().getMode() == SearchEntryMode.INCLUDE)
                .collect(
                    Collectors.groupingBy(
                        entry -> entry.getResource().fhirType(), Collectors.counting())))
        .isEqualTo(Map.of("Patient", 1L, "Observation", 6L, "ImagingStudy", 2L));
    assertThat(bundle.getTotal()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DiagnosticReport?colour=red",
        "DiagnosticReport?_colour=red",
        "DiagnosticReport?status:not=final",
        "DiagnosticReport?status:missing=true",
        "DiagnosticReport?_sort=date",
        "DiagnosticReport?_total=none",
        "DiagnosticReport?_revinclude=Provenance:target",
        "DiagnosticReport?_include=*",
        "DiagnosticReport?_include=DiagnosticReport:encounter",
        "DiagnosticReport?_include=Patient:link",
        "DiagnosticReport?_include:iterate=DiagnosticReport:subject",
        "DiagnosticReport?_has:Observation:patient:code=1",
        "DiagnosticReport?subject:Patient.name=x",
        "DiagnosticReport?_count=-1",
        "DiagnosticReport?_count=many",
        "DiagnosticReport?_offset=-1",
        "DiagnosticReport?date=yesterday",
        "DiagnosticReport?date=2026-13-01",
        "DiagnosticReport?date=ap2026",
        "DiagnosticReport?date=",
        "DiagnosticReport?status=",
        "DiagnosticReport?status=%00",
        "DiagnosticReport?subject=Group/1",
        "AuditEvent?entity=1",
        "Patient?name:exact=x",
      })
  void what_is_not_supported_or_malformed_is_refused_and_said(String query) {
    var response = server.get(query);
    assertThat(response.statusCode()).isEqualTo(400);
    var outcome =
        FhirContext.forR4Cached()
            .newJsonParser()
            .parseResource(OperationOutcome.class, response.body());
    assertThat(outcome.getIssueFirstRep().getSeverity())
        .isEqualTo(OperationOutcome.IssueSeverity.ERROR);
    assertThat(outcome.getIssueFirstRep().getDiagnostics()).isNotBlank();
  }

  @Test
  void asking_for_lenient_handling_does_not_make_a_filter_vanish() {
    var response =
        server.send(
            HttpRequest.newBuilder(URI.create(server.base + "/DiagnosticReport?colour=red"))
                .header("X-Reader", "reader")
                .header("Prefer", "handling=lenient"));
    assertThat(response.statusCode()).isEqualTo(400);
  }

  @Test
  void a_search_may_be_posted_as_a_form() {
    var response =
        server.send(
            HttpRequest.newBuilder(URI.create(server.base + "/DiagnosticReport/_search"))
                .header("X-Reader", "reader")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("status=final")));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"total\":1");
  }

  @Test
  void every_search_parameter_and_include_of_the_capability_statement_is_served() {
    var capabilities = server.read(CapabilityStatement.class, "metadata");
    for (var resource : capabilities.getRestFirstRep().getResource()) {
      for (var parameter : resource.getSearchParam()) {
        var value =
            switch (parameter.getType()) {
              case DATE -> "2026";
              case REFERENCE -> resource.getType().equals("AuditEvent") ? "Patient/x" : "x";
              default -> "x";
            };
        var query = resource.getType() + "?" + parameter.getName() + "=" + value;
        assertThat(server.get(query).statusCode()).as(query).isEqualTo(200);
      }
      for (var include : resource.getSearchInclude()) {
        var query = resource.getType() + "?_include=" + include.getValue();
        assertThat(server.get(query).statusCode()).as(query).isEqualTo(200);
      }
    }
    assertThat(capabilities.getRestFirstRep().getResource()).hasSize(9);
  }

  private static Set<String> studies(Bundle bundle) {
    return bundle.getEntry().stream()
        .map(entry -> (DiagnosticReport) entry.getResource())
        .map(report -> report.getBasedOnFirstRep().getIdentifier().getValue())
        .map(accession -> accession.substring(accession.length() - 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> set(String studies) {
    return studies.equals("-") ? Set.of() : new TreeSet<>(List.of(studies.split(" ")));
  }
}
