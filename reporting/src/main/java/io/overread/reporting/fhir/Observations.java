package io.overread.reporting.fhir;

import io.overread.audit.AuditAction;
import io.overread.reporting.fhir.TokenParameters.Half;
import io.overread.reporting.finding.ConceptCode;
import io.overread.reporting.finding.ConceptCodes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * Observation: one finding of the model.
 *
 * <p>A person signs a text and not each finding. So a finding becomes final only with a report that
 * was signed as it was drafted; where other words were signed it stays preliminary and AI asserted.
 */
final class Observations {
  private static final ConceptCode IMAGING =
      new ConceptCode(
          "http://terminology.hl7.org/CodeSystem/observation-category", "imaging", "Imaging");

  private static final String ROWS =
      "select f.id::text as id, r.updated_at as last_updated, f.name, f.question, f.probability,"
          + " f.present, f.sentence, f.objection_reason, f.codes, f.body_site, f.sop_instance_uid,"
          + " f.drafting_probability, f.contrastive_log_odds, f.contrastive_probability, f.joined,"
          + " a.model_name, a.model_version, a.contrastive_name, a.contrastive_version,"
          + " a.contrastive_digest, a.contrastive_weight,"
          + " f.frame_number, g.left_column, g.top_row, g.right_column, g.bottom_row, g.method as"
          + " located_by, case when r.status = 'cancelled' then 'cancelled' when r.signed_text"
          + " = r.draft_text then 'final' else 'preliminary' end as status, r.signed_text is not"
          + " null as signed, "
          + Devices.ID
          + " as device, "
          + StudyColumns.SQL
          + """
           from finding f join report r on r.analysis_id = f.analysis_id
             join analysis a on a.id = f.analysis_id
             join study s on s.study_instance_uid = r.study_instance_uid
             left join finding_region g on g.finding_id = f.id
          """;

  private Observations() {}

  static ServedType<Observation> served() {
    return new ServedType<>(
        Observation.class,
        ROWS,
        (row, number) -> render(row),
        StudyColumns.parameters(
            TokenParameters.codes("code", "What was looked for", "codes", true),
            TokenParameters.token(
                "status",
                "The status",
                Half.of("'http://hl7.org/fhir/observation-status'", "status")),
            TokenParameters.constant("category", "Imaging", IMAGING),
            OtherParameters.reference("device", "The model", "Device", "device"),
            OtherParameters.reference("derived-from", "The study", "ImagingStudy", "imaging_study"),
            DateParameter.day("date", "The date of the study", "study_date")),
        Map.of(
            "patient", observation -> List.of(observation.getSubject()),
            "subject", observation -> List.of(observation.getSubject()),
            "device", observation -> List.of(observation.getDevice()),
            "derived-from", Observation::getDerivedFrom),
        AuditAction.REPORT_READ);
  }

  private static Observation render(ResultSet row) throws SQLException {
    var observation = new Observation();
    observation.setId(row.getString("id"));
    Rows.stamp(observation, row);
    var status = ObservationStatus.fromCode(row.getString("status"));
    Terms.label(observation.getMeta(), status != ObservationStatus.FINAL);
    observation.setStatus(status);
    observation.addCategory(Terms.concept(List.of(IMAGING), IMAGING.display()));
    observation.setCode(
        Terms.concept(ConceptCodes.readAll(row.getString("codes")), row.getString("name")));
    observation.setSubject(StudyColumns.patient(row));
    observation.setEffective(Rows.day(row.getString("study_date")));
    observation.addPerformer(Organizations.reference());
    observation.setValue(value(row.getObject("present", Boolean.class)));
    observation.addNote().setText(row.getString("sentence"));
    var objection = row.getString("objection_reason");
    if (objection != null) {
      observation.addNote().setText("Undetermined for this reason: " + objection);
    }
    if (row.getBoolean("signed") && status == ObservationStatus.PRELIMINARY) {
      observation.addNote().setText("The signed report differs from the draft with this finding.");
    }
    var site = row.getString("body_site");
    if (site != null && !ConceptCodes.readAll(site).isEmpty()) {
      var codes = ConceptCodes.readAll(site);
      observation.setBodySite(Terms.concept(codes, codes.getFirst().display()));
    }
    var asked = "Asked of a vision-language model: " + row.getString("question");
    var contrastive = ContrastiveWords.of(row);
    observation.setMethod(
        new CodeableConcept()
            .setText(contrastive == null ? asked : asked + " " + contrastive.method()));
    observation.setDevice(Terms.to("Device", row.getString("device")));
    observation.addDerivedFrom(StudyColumns.imagingStudy(row));
    observation.addDerivedFrom(image(row));
    addProbability(observation, row.getObject("probability", Double.class));
    if (contrastive != null) {
      contrastive.addScores(observation);
    }
    addRegion(observation, row);
    return observation;
  }

  /** Qualifiers of CID 240 and its neighbours, all SNOMED CT. */
  private static CodeableConcept value(@Nullable Boolean present) {
    if (present == null) {
      return qualifier("82334004", "Indeterminate");
    }
    return present ? qualifier("52101004", "Present") : qualifier("2667000", "Absent");
  }

  private static CodeableConcept qualifier(String code, String display) {
    return Terms.concept(new Coding(Terms.SNOMED, code, display)).setText(display);
  }

  /**
   * DICOM's own concept of how sure a device is of a finding: a percentage (PS3.16 D: 111012, in
   * UCUM as TID 4006 has it). Of an engine that gives none it is said that there is none.
   */
  private static void addProbability(Observation observation, @Nullable Double probability) {
    var certainty =
        observation
            .addComponent()
            .setCode(Terms.concept(new Coding(Terms.DICOM, "111012", "Certainty of Finding")));
    setPercent(certainty, probability);
  }

  /** A probability, or that there is none. */
  static void setPercent(ObservationComponentComponent certainty, @Nullable Double probability) {
    if (probability == null) {
      certainty.setDataAbsentReason(
          Terms.concept(Terms.hl7("data-absent-reason", "unsupported", "Unsupported")));
      return;
    }
    var percent =
        BigDecimal.valueOf(probability).movePointRight(2).setScale(2, RoundingMode.HALF_UP);
    certainty.setValue(
        new Quantity()
            .setValue(percent)
            .setUnit("%")
            .setSystem("http://unitsofmeasure.org")
            .setCode("%"));
  }

  /** Where on the image it was seen and how that was found out, in words: R4 has no element. */
  private static void addRegion(Observation observation, ResultSet row) throws SQLException {
    if (row.getObject("left_column") == null) {
      return;
    }
    var method = row.getString("located_by");
    var how =
        switch (method == null ? "" : method) {
          case "MAP" -> ", from the model's own map";
          case "BOX" -> ", a box that the model wrote";
          case "OCCLUSION" -> ", by covering parts of the image";
          default -> "";
        };
    observation
        .addComponent()
        .setCode(Terms.concept(new Coding(Terms.DICOM, "111030", "Image Region")))
        .setValue(
            new StringType(
                String.format(
                    Locale.ROOT,
                    "columns %.1f to %.1f, rows %.1f to %.1f%s",
                    row.getDouble("left_column"),
                    row.getDouble("right_column"),
                    row.getDouble("top_row"),
                    row.getDouble("bottom_row"),
                    how)));
  }

  /** The image: no resource of ours, so it is referred to by its SOP Instance UID. */
  private static Reference image(ResultSet row) throws SQLException {
    return new Reference()
        .setType("Media")
        .setIdentifier(Terms.uid(row.getString("sop_instance_uid")))
        .setDisplay("Frame " + row.getInt("frame_number"));
  }
}
