package io.overread.reporting.fhir;

import io.overread.audit.AuditAction;
import io.overread.reporting.fhir.TokenParameters.Half;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** Patient: as the newest study with that patient id and issuer shows the person. */
final class Patients {
  private static final String OID = "^[0-2](\\.(0|[1-9][0-9]*))+$";

  /** The issuer of a patient id is a local name (0010,0021); only an OID is a system in FHIR. */
  static final Half IDENTIFIER =
      new Half(
          "case when issuer_of_patient_id ~ '^[0-2](\\.(0|[1-9][0-9]*))+$'"
              + " then 'urn:oid:' || issuer_of_patient_id end",
          "patient_id",
          "");

  private static final String ROWS =
      """
      select distinct on (fhir_patient_id(issuer_of_patient_id, patient_id, study_instance_uid))
        fhir_patient_id(issuer_of_patient_id, patient_id, study_instance_uid) as id,
        last_instance_at as last_updated, null::text as study_instance_uid, patient_id,
        issuer_of_patient_id, patient_name, patient_birth_date, patient_sex
      from study
      order by fhir_patient_id(issuer_of_patient_id, patient_id, study_instance_uid),
        last_instance_at desc
      """;

  private Patients() {}

  static ServedType<Patient> served() {
    return new ServedType<>(
        Patient.class,
        ROWS,
        (row, number) -> render(row),
        List.of(
            TokenParameters.token("identifier", "The patient id of DICOM (0010,0020)", IDENTIFIER),
            OtherParameters.words("name", "Any part of the name", "patient_name"),
            DateParameter.day("birthdate", "The date of birth", "patient_birth_date")),
        Map.of(),
        AuditAction.STUDY_VIEWED);
  }

  private static Patient render(ResultSet row) throws SQLException {
    var patient = new Patient();
    patient.setId(row.getString("id"));
    Rows.stamp(patient, row);
    var id = row.getString("patient_id");
    if (Terms.isPresent(id)) {
      patient.addIdentifier(identifier(id, row.getString("issuer_of_patient_id")));
    }
    PersonNames.of(row.getString("patient_name")).forEach(patient::addName);
    patient.setGender(gender(row.getString("patient_sex")));
    patient.setBirthDateElement(Rows.date(row.getString("patient_birth_date")));
    return patient;
  }

  private static Identifier identifier(String id, @Nullable String issuer) {
    var identifier =
        new Identifier()
            .setType(Terms.concept(Terms.hl7("v2-0203", "MR", "Medical record number")))
            .setValue(id);
    if (issuer != null && issuer.matches(OID)) {
      identifier.setSystem(Terms.OID + issuer);
    } else if (Terms.isPresent(issuer)) {
      identifier.setAssigner(new Reference().setDisplay(issuer));
    }
    return identifier;
  }

  /** Patient's Sex (0010,0040). */
  private static @Nullable AdministrativeGender gender(@Nullable String sex) {
    if (sex == null || sex.isBlank()) {
      return null;
    }
    return switch (sex.strip()) {
      case "M" -> AdministrativeGender.MALE;
      case "F" -> AdministrativeGender.FEMALE;
      case "O" -> AdministrativeGender.OTHER;
      default -> AdministrativeGender.UNKNOWN;
    };
  }
}
