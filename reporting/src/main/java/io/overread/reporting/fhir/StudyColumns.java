package io.overread.reporting.fhir;

import io.overread.reporting.fhir.TokenParameters.Half;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Reference;

/** What every resource about a study says of it, and is searched by. */
final class StudyColumns {
  /** Of the table {@code study s}. */
  static final String SQL =
      """
      s.study_instance_uid, fhir_id(s.study_instance_uid) as imaging_study,
      fhir_patient_id(s.issuer_of_patient_id, s.patient_id, s.study_instance_uid) as patient,
      s.patient_id, s.issuer_of_patient_id, nullif(trim(s.accession_number), '') as accession_number,
      s.study_date
      """;

  static final Half ACCESSION = Half.of("null::text", "accession_number");

  static final Half STUDY_UID =
      new Half("'" + Terms.DICOM_UID + "'", "study_instance_uid", Terms.OID);

  private StudyColumns() {}

  /** The patient parameters, before those of the resource's own. */
  static List<SearchParameter> parameters(SearchParameter... own) {
    return Stream.concat(
            Stream.of(
                OtherParameters.reference("patient", "The patient", "Patient", "patient"),
                OtherParameters.reference("subject", "The patient", "Patient", "patient"),
                TokenParameters.token(
                    "patient.identifier", "The patient's identifier", Patients.IDENTIFIER)),
            Stream.of(own))
        .toList();
  }

  static Reference patient(ResultSet row) throws SQLException {
    return Terms.to("Patient", row.getString("patient"));
  }

  static Reference imagingStudy(ResultSet row) throws SQLException {
    return Terms.to("ImagingStudy", row.getString("imaging_study"));
  }
}
