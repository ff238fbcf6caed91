package io.overread.reporting.fhir;

import io.overread.audit.AuditAction;
import io.overread.reporting.fhir.TokenParameters.Half;
import io.overread.reporting.finding.ConceptCode;
import io.overread.reporting.finding.ConceptCodes;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/**
 * DiagnosticReport: preliminary while nobody has signed, then final or amended, with what was
 * signed even while a change to it is under way.
 *
 * <p>The performer is the organization: R4 allows no Device there. The model stands in the
 * Provenance and in the Observations.
 */
final class DiagnosticReports {
  private static final String REPLACES =
      "http://hl7.org/fhir/StructureDefinition/diagnosticReport-replaces";

  /** Our own, an Annotation: R4's reports have no note, and its validators know no extension. */
  private static final String NOTE = "https://overread.io/fhir/StructureDefinition/draft-mark";

  private static final ConceptCode RADIOLOGY =
      new ConceptCode("http://terminology.hl7.org/CodeSystem/v2-0074", "RAD", "Radiology");

  private static final String COLUMNS =
      "select r.id::text as id, r.updated_at as last_updated, r.version, r.status, r.text,"
          + " r.signed_text, r.replaces, r.signed_by, r.signed_by_name, r.signed_at,"
          + " 'user:' || r.signed_by as signer, coalesce(r.signed_at, r.updated_at) as issued,"
          + " fhir_id('user:' || r.signed_by) as practitioner, a.report_code,"
          + " 'urn:uuid:' || r.id as uuid,"
          + " array(select f.id::text from finding f where f.analysis_id = r.analysis_id"
          + " order by f.ordinal) as findings,"
          + " array(select m.sentence from draft_mark m where m.analysis_id = r.analysis_id"
          + " order by m.ordinal) as marked,"
          + " array(select m.reason from draft_mark m where m.analysis_id = r.analysis_id"
          + " order by m.ordinal) as mark_reasons,"
          // Only a person who signed the model's own words has concluded what it found.
          + " array(select f.codes from finding f where f.analysis_id = r.analysis_id and f.present"
          + " and r.signed_text = r.draft_text order by f.ordinal) as conclusions, "
          + StudyColumns.SQL;

  private static final String ROWS =
      COLUMNS
          + """
           from report r join analysis a on a.id = r.analysis_id
             join study s on s.study_instance_uid = r.study_instance_uid
          """;

  /** The reports at each of their versions, from both rows as they were then. */
  static final String VERSION_ROWS =
      COLUMNS
          + """
           from report_version v
             cross join lateral jsonb_populate_record(null::report, v.resource::jsonb -> 'report') r
             cross join lateral jsonb_populate_record(null::study, v.resource::jsonb -> 'study') s
             join analysis a on a.id = r.analysis_id
          """;

  private DiagnosticReports() {}

  static ServedType<DiagnosticReport> served() {
    return new ServedType<>(
        DiagnosticReport.class,
        ROWS,
        (row, number) -> render(row),
        StudyColumns.parameters(
            TokenParameters.token(
                "identifier",
                "The report's UUID or the accession number",
                Half.of("'" + Terms.URI + "'", "uuid"),
                StudyColumns.ACCESSION),
            TokenParameters.token(
                "based-on:identifier", "The accession number of the order", StudyColumns.ACCESSION),
            OtherParameters.reference(
                "imaging-study", "The study", "ImagingStudy", "imaging_study"),
            OtherParameters.reference(
                "study", "The study, as R5 calls it", "ImagingStudy", "imaging_study"),
            TokenParameters.token(
                "imaging-study.identifier", "The Study Instance UID", StudyColumns.STUDY_UID),
            TokenParameters.token(
                "status",
                "The status",
                Half.of("'http://hl7.org/fhir/diagnostic-report-status'", "status")),
            TokenParameters.codes("code", "What the report is about", "report_code", false),
            TokenParameters.constant("category", "Radiology", RADIOLOGY),
            OtherParameters.reference(
                "results-interpreter", "Who signed", "Practitioner", "practitioner"),
            DateParameter.day("date", "The date of the study", "study_date"),
            DateParameter.instant("issued", "When this version was issued", "issued")),
        includes(),
        AuditAction.REPORT_READ);
  }

  private static Map<String, Function<DiagnosticReport, List<Reference>>> includes() {
    return Map.of(
        "patient", report -> List.of(report.getSubject()),
        "subject", report -> List.of(report.getSubject()),
        "result", DiagnosticReport::getResult,
        "imaging-study", DiagnosticReport::getImagingStudy,
        "study", DiagnosticReport::getImagingStudy,
        "performer", DiagnosticReport::getPerformer,
        "results-interpreter", DiagnosticReport::getResultsInterpreter);
  }

  static DiagnosticReport render(ResultSet row) throws SQLException {
    var report = new DiagnosticReport();
    report.setId(row.getString("id"));
    Rows.stamp(report, row);
    report.getMeta().setVersionId(Integer.toString(row.getInt("version")));
    boolean signed = row.getString("signed_text") != null;
    Terms.label(report.getMeta(), !signed);
    report.addIdentifier(new Identifier().setSystem(Terms.URI).setValue(row.getString("uuid")));
    var accession = row.getString("accession_number");
    if (accession != null) {
      report.addIdentifier(Terms.accession(accession));
      report.addBasedOn(Terms.order(accession));
    }
    var replaces = row.getString("replaces");
    if (replaces != null) {
      report.addExtension(REPLACES, Terms.to("DiagnosticReport", replaces));
    }
    report.setStatus(DiagnosticReportStatus.fromCode(row.getString("status")));
    report.addCategory(Terms.concept(List.of(RADIOLOGY), RADIOLOGY.display()));
    var code = ConceptCodes.readOne(row.getString("report_code"));
    report.setCode(Terms.concept(List.of(code), code.display()));
    report.setSubject(StudyColumns.patient(row));
    report.setEffective(Rows.day(row.getString("study_date")));
    report.setIssuedElement(Rows.instantType(Rows.instant(row, "issued")));
    report.addPerformer(Organizations.reference());
    report.addImagingStudy(StudyColumns.imagingStudy(row));
    Rows.strings(row, "findings").forEach(id -> report.addResult(Terms.to("Observation", id)));
    if (signed) {
      report.addResultsInterpreter(
          Terms.to("Practitioner", row.getString("practitioner"))
              .setDisplay(row.getString("signed_by_name")));
    }
    for (var codes : Rows.strings(row, "conclusions")) {
      addConclusion(report, ConceptCodes.readAll(codes));
    }
    var text = signed ? row.getString("signed_text") : row.getString("text");
    addText(report, text, signed);
    addMarks(report, row, text, signed);
    return report;
  }

  /**
   * What a guard objects to is no conclusion while only the model says it; it stays in the
   * presented form, and its reason stands in a note beside it. Whoever signs a text has concluded
   * all of it.
   */
  private static void addMarks(DiagnosticReport report, ResultSet row, String text, boolean signed)
      throws SQLException {
    var marked = Rows.strings(row, "marked");
    var reasons = Rows.strings(row, "mark_reasons");
    var conclusion = text;
    for (int i = 0; i < marked.size(); i++) {
      if (text.contains(marked.get(i))) {
        var what = marked.get(i).isEmpty() ? "The image" : "\"" + marked.get(i) + "\"";
        report.addExtension(NOTE, new Annotation().setText(what + " is marked: " + reasons.get(i)));
        conclusion = conclusion.replace(marked.get(i), "");
      }
    }
    if (!signed) {
      var kept = conclusion.replaceAll(" {2,}", " ").strip();
      report.setConclusion(kept.isEmpty() ? null : kept);
    }
  }

  private static void addConclusion(DiagnosticReport report, List<ConceptCode> codes) {
    if (!codes.isEmpty()) {
      report.addConclusionCode(Terms.concept(codes, codes.getFirst().display()));
    }
  }

  private static void addText(DiagnosticReport report, String text, boolean signed) {
    report.setConclusion(text);
    report.addPresentedForm(
        new Attachment()
            .setContentType("text/plain; charset=utf-8")
            .setTitle(signed ? "Signed report" : "Unsigned draft, written by a machine")
            .setCreationElement(Rows.dateTime(report.getIssued().toInstant()))
            .setData(text.getBytes(StandardCharsets.UTF_8)));
  }
}
