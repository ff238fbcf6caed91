package io.overread.reporting.fhir;

import io.overread.audit.AuditAction;
import io.overread.reporting.text.PlainText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Signature;

/**
 * Provenance: one for each version of a report. The first says that the model wrote it, of which
 * images and by which prompt; the others say who decided; a signed one, who verified and signed.
 */
final class Provenances {
  private static final String ROWS =
      "select v.report_id || '.' || v.version as id, v.recorded_at as last_updated,"
          + " v.report_id::text as report, v.version, v.report_id || '/_history/' || v.version as"
          + " report_at_version, v.author, w.decision, w.reason, w.reviewer_name,"
          + " fhir_id('user:' || w.reviewer) as practitioner, r.replaces, a.prompt, a.catalogue_id,"
          + " a.seed, a.model_name || ' ' || a.model_version as model, "
          + Devices.ID
          + " as device, a.contrastive_name || ' ' || a.contrastive_version as contrastive, "
          + Devices.CONTRASTIVE_ID
          + " as contrastive_device, "
          + StudyColumns.SQL
          + """
           from report_version v join report r on r.id = v.report_id
             join analysis a on a.id = r.analysis_id
             join study s on s.study_instance_uid = r.study_instance_uid
             left join review w on w.report_id = v.report_id and w.report_version = v.version
          """;

  private Provenances() {}

  static ServedType<Provenance> served() {
    return new ServedType<>(
        Provenance.class,
        ROWS,
        (row, number) -> render(row),
        List.of(
            OtherParameters.reference(
                "target", "The report, at any version", "DiagnosticReport", "report"),
            OtherParameters.reference("patient", "The patient", "Patient", "patient"),
            DateParameter.instant("recorded", "When it was recorded", "last_updated")),
        Map.of("target", Provenance::getTarget, "agent", Provenances::agents),
        AuditAction.REPORT_READ);
  }

  private static List<Reference> agents(Provenance provenance) {
    return provenance.getAgent().stream().map(Provenance.ProvenanceAgentComponent::getWho).toList();
  }

  private static Provenance render(ResultSet row) throws SQLException {
    var provenance = new Provenance();
    provenance.setId(row.getString("id"));
    Rows.stamp(provenance, row);
    provenance.addTarget(Terms.to("DiagnosticReport", row.getString("report_at_version")));
    provenance.setRecordedElement(Rows.instantType(Rows.instant(row, "last_updated")));
    var decision = row.getString("decision");
    if (decision == null) {
      byService(provenance, row);
    } else {
      byPerson(provenance, row, decision);
    }
    if (row.getInt("version") > 1) {
      entity(
          provenance,
          ProvenanceEntityRole.REVISION,
          Terms.to(
              "DiagnosticReport",
              row.getString("report") + "/_history/" + (row.getInt("version") - 1)));
    }
    return provenance;
  }

  /** The draft itself, or its end when a later revision took its place. */
  private static void byService(Provenance provenance, ResultSet row) throws SQLException {
    if (row.getInt("version") > 1) {
      provenance.setActivity(Terms.concept(Terms.hl7("v3-DataOperation", "ABORT", "abort")));
      agent(provenance, "performer", "Performer", Organizations.reference());
      return;
    }
    provenance.getMeta().addSecurity(Terms.aiAsserted());
    provenance.addReason(Terms.concept(Terms.aiAsserted()));
    provenance.setActivity(Terms.concept(Terms.hl7("v3-DataOperation", "CREATE", "create")));
    model(provenance, row, "author", "Author");
    entity(provenance, ProvenanceEntityRole.SOURCE, StudyColumns.imagingStudy(row));
    entity(
        provenance,
        ProvenanceEntityRole.SOURCE,
        named("Prompt: " + row.getString("prompt"), PlainText.digest(row.getString("prompt"))));
    entity(
        provenance,
        ProvenanceEntityRole.SOURCE,
        named("Finding catalogue, seed " + row.getLong("seed"), row.getString("catalogue_id")));
    var replaces = row.getString("replaces");
    if (replaces != null) {
      entity(provenance, ProvenanceEntityRole.REVISION, Terms.to("DiagnosticReport", replaces));
    }
  }

  private static void byPerson(Provenance provenance, ResultSet row, String decision)
      throws SQLException {
    var person =
        Terms.to("Practitioner", row.getString("practitioner"))
            .setDisplay(row.getString("reviewer_name"));
    var reason = row.getString("reason");
    if (reason != null) {
      provenance.addReason().setText(reason);
    }
    if (!decision.equals("signed")) {
      var operation =
          decision.equals("rejected")
              ? Terms.hl7("v3-DataOperation", "ABORT", "abort")
              : Terms.hl7("v3-DataOperation", "UPDATE", "revise");
      provenance.setActivity(Terms.concept(operation).setText(decision));
      agent(provenance, "author", "Author", person);
      return;
    }
    provenance.setActivity(
        Terms.concept(Terms.hl7("v3-DocumentCompletion", "LA", "legally authenticated")));
    agent(provenance, "verifier", "Verifier", person);
    // The words may still be the model's.
    model(provenance, row, "assembler", "Assembler");
    provenance.addSignature(
        new Signature()
            .addType(
                new Coding(
                    "urn:iso-astm:E1762-95:2013",
                    "1.2.840.10065.1.12.1.5",
                    "Verification Signature"))
            .setWhenElement(Rows.instantType(Rows.instant(row, "last_updated")))
            .setWho(person.copy()));
  }

  private static void model(Provenance provenance, ResultSet row, String role, String display)
      throws SQLException {
    agent(
        provenance,
        role,
        display,
        Terms.to("Device", row.getString("device")).setDisplay(row.getString("model")));
    var contrastive = row.getString("contrastive");
    if (contrastive != null) {
      agent(
          provenance,
          role,
          display,
          Terms.to("Device", row.getString("contrastive_device")).setDisplay(contrastive));
    }
  }

  private static void agent(Provenance provenance, String role, String display, Reference who) {
    provenance
        .addAgent()
        .setType(Terms.concept(Terms.hl7("provenance-participant-type", role, display)))
        .setWho(who)
        .setOnBehalfOf(Organizations.reference());
  }

  private static void entity(Provenance provenance, ProvenanceEntityRole role, Reference what) {
    provenance.addEntity().setRole(role).setWhat(what);
  }

  private static Reference named(String display, String value) {
    return new Reference()
        .setIdentifier(new Identifier().setValue(value))
        .setDisplay(display.length() > 200 ? display.substring(0, 200) + "..." : display);
  }
}
