package io.overread.reporting.fhir;

import io.overread.audit.AuditAction;
import io.overread.reporting.fhir.TokenParameters.Half;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** AuditEvent: the entries of the audit chain, after IHE BALP's pattern. */
final class AuditEvents {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<TreeMap<String, String>> DETAIL = new TypeReference<>() {};

  private static final String ROWS =
      """
      select e.sequence::text as id, e.sequence, e.recorded_at as last_updated,
        e.study_instance_uid, e.action, e.outcome, e.actor, e.subject, e.detail,
        encode(e.previous_digest, 'hex') as previous_digest, encode(e.digest, 'hex') as digest,
        fhir_id(s.study_instance_uid) as imaging_study,
        case when s.study_instance_uid is not null then fhir_patient_id(
          s.issuer_of_patient_id, s.patient_id, s.study_instance_uid) end as patient,
        case when e.subject like 'DiagnosticReport/%' then substr(e.subject, 18) end as report
      from audit_entry e left join study s on s.study_instance_uid = e.study_instance_uid
      """;

  private AuditEvents() {}

  static ServedType<AuditEvent> served() {
    return new ServedType<>(
        AuditEvent.class,
        ROWS,
        (row, number) -> render(row),
        List.of(
            OtherParameters.references(
                "entity",
                "The study, the patient or the report",
                Map.of(
                    "ImagingStudy", "imaging_study",
                    "Patient", "patient",
                    "DiagnosticReport", "report")),
            OtherParameters.reference("patient", "The patient", "Patient", "patient"),
            TokenParameters.token(
                "outcome",
                "0 success, 4 refused, 8 failed",
                Half.of(
                    "'http://terminology.hl7.org/CodeSystem/audit-event-outcome'",
                    "case outcome when 'SUCCESS' then '0' when 'REFUSED' then '4' else '8' end")),
            DateParameter.instant("date", "When it was recorded", "last_updated")),
        Map.of(),
        AuditAction.STUDY_VIEWED);
  }

  private static AuditEvent render(ResultSet row) throws SQLException {
    var event = new AuditEvent();
    event.setId(row.getString("id"));
    Rows.stamp(event, row);
    var detail = JSON.readValue(row.getString("detail"), DETAIL);
    var codes = codes(AuditAction.valueOf(row.getString("action")), detail);
    event.setType(codes.type());
    if (codes.subtype() != null) {
      event.addSubtype(codes.subtype());
    }
    event.setAction(codes.action());
    event.setRecordedElement(Rows.instantType(Rows.instant(row, "last_updated")));
    event.setOutcome(
        switch (row.getString("outcome")) {
          case "SUCCESS" -> AuditEventOutcome._0;
          case "REFUSED" -> AuditEventOutcome._4;
          default -> AuditEventOutcome._8;
        });
    event.setOutcomeDesc(row.getString("action"));
    addAgent(event, row.getString("actor"));
    event
        .getSource()
        .setObserver(Organizations.reference())
        .addType(Terms.hl7("security-source-type", "4", "Application Server"));
    addEntities(event, row, detail);
    return event;
  }

  /** A search over FHIR says so in its detail; every other reading is a read. */
  private static AuditCodes codes(AuditAction action, Map<String, String> detail) {
    var codes = AuditCodes.of(action);
    var interaction = detail.get(ReadAudit.INTERACTION);
    return interaction == null
        ? codes
        : new AuditCodes(
            codes.type(),
            new Coding("http://hl7.org/fhir/restful-interaction", interaction, interaction),
            interaction.equals("search-type")
                ? AuditEvent.AuditEventAction.E
                : AuditEvent.AuditEventAction.R);
  }

  /** {@code user:NAME}, {@code ae:TITLE} or {@code service}. */
  private static void addAgent(AuditEvent event, String actor) {
    int colon = actor.indexOf(':');
    var kind = colon < 0 ? "" : actor.substring(0, colon);
    var type =
        switch (kind) {
          case "user" -> Terms.hl7("extra-security-role-type", "humanuser", "human user");
          case "ae" -> new Coding(Terms.DICOM, "110153", "Source Role ID");
          default -> new Coding(Terms.DICOM, "110150", "Application");
        };
    event
        .addAgent()
        .setType(Terms.concept(type))
        .setRequestor(true)
        .setWho(
            new Reference()
                .setIdentifier(new Identifier().setValue(actor.substring(colon + 1)))
                .setDisplay(actor));
  }

  private static void addEntities(AuditEvent event, ResultSet row, Map<String, String> detail)
      throws SQLException {
    if (row.getString("patient") != null) {
      entity(event, Terms.to("Patient", row.getString("patient")), "1", "Person", "1", "Patient");
    }
    var study = row.getString("study_instance_uid");
    if (study != null) {
      var what =
          row.getString("imaging_study") == null
              ? new Reference().setType("ImagingStudy").setIdentifier(Terms.uid(study))
              : Terms.to("ImagingStudy", row.getString("imaging_study"));
      entity(event, what, "2", "System Object", "3", "Report");
    }
    var subject = row.getString("subject");
    if (row.getString("report") != null) {
      var what = Terms.to("DiagnosticReport", row.getString("report"));
      entity(event, what, "2", "System Object", "3", "Report");
    } else if (subject != null) {
      event.addEntity().setName(subject);
    }
    var chain = event.addEntity().setName("Audit chain entry " + row.getLong("sequence"));
    addDetail(chain, "digest", row.getString("digest"));
    addDetail(chain, "previousDigest", row.getString("previous_digest"));
    detail.forEach((type, value) -> addDetail(chain, type, value));
  }

  private static void addDetail(AuditEventEntityComponent entity, String type, String value) {
    if (!type.isBlank() && !value.isBlank()) {
      entity.addDetail().setType(type).setValue(new StringType(value));
    }
  }

  private static void entity(
      AuditEvent event,
      Reference what,
      String type,
      String typeDisplay,
      String role,
      String roleDisplay) {
    event
        .addEntity()
        .setWhat(what)
        .setType(Terms.hl7("audit-entity-type", type, typeDisplay))
        .setRole(Terms.hl7("object-role", role, roleDisplay));
  }
}
