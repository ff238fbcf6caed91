package io.overread.gateway.query;

import io.overread.dicom.dictionary.Tag;
import java.util.List;

/**
 * An attribute that can be asked for, at its level and below.
 *
 * @param tag which
 * @param level the level that it belongs to
 * @param matching how a value in the request is compared
 * @param sql its value as text, over the tables {@code s}, {@code r} and {@code i}
 */
record QueryAttribute(int tag, QueryLevel level, Matching matching, String sql) {

  /** How a value in the request is compared, PS3.4 C.2.2.2. */
  enum Matching {
    /** One of the UIDs. */
    UID_LIST,
    /** The same text, or text that fits wildcards. */
    WILDCARD,
    /** As {@link #WILDCARD}, in any case, and any group of a name (PS3.4 C.2.2.2.1). */
    NAME,
    /** A date or a range of them. */
    DATE,
    /** A time or a range of them. */
    TIME,
    /** The same number. */
    NUMBER,
    /** A study has a series of such a modality. */
    MODALITIES,
    /** Not compared. */
    NONE
  }

  private static final String SAME_PATIENT =
      " where t.patient_id = s.patient_id"
          + " and t.issuer_of_patient_id is not distinct from s.issuer_of_patient_id)::text";
  private static final String OF_STUDY = " where x.study_instance_uid = s.study_instance_uid";

  private static final String STUDIES = "(select count(*) from study t" + SAME_PATIENT;
  private static final String PATIENT_SERIES =
      "(select count(*) from series x join study t using (study_instance_uid)" + SAME_PATIENT;
  private static final String PATIENT_INSTANCES =
      "(select count(*) from instance x join study t using (study_instance_uid)" + SAME_PATIENT;
  private static final String MODALITIES =
      "array_to_string(array(select distinct x.modality from series x"
          + OF_STUDY
          + " and x.modality is not null order by 1), '\\')";
  private static final String SOP_CLASSES =
      "array_to_string(array(select distinct x.sop_class_uid from instance x"
          + OF_STUDY
          + " order by 1), '\\')";
  private static final String STUDY_SERIES =
      "(select count(*) from series x" + OF_STUDY + ")::text";
  private static final String STUDY_INSTANCES =
      "(select count(*) from instance x" + OF_STUDY + ")::text";
  private static final String SERIES_INSTANCES =
      "(select count(*) from instance x"
          + OF_STUDY
          + " and x.series_instance_uid = r.series_instance_uid)::text";
  // One without pixels has none.
  private static final String FRAMES = "nullif(i.number_of_frames, 0)::text";

  /** All of them. PS3.4 C.6.1.1 and C.6.2.1 name what must be there. */
  static final List<QueryAttribute> ALL =
      List.of(
          of(Tag.PatientID, QueryLevel.PATIENT, Matching.WILDCARD, "s.patient_id"),
          of(
              Tag.IssuerOfPatientID,
              QueryLevel.PATIENT,
              Matching.WILDCARD,
              "s.issuer_of_patient_id"),
          of(Tag.PatientName, QueryLevel.PATIENT, Matching.NAME, "s.patient_name"),
          of(Tag.PatientBirthDate, QueryLevel.PATIENT, Matching.DATE, "s.patient_birth_date"),
          of(Tag.PatientSex, QueryLevel.PATIENT, Matching.WILDCARD, "s.patient_sex"),
          of(Tag.NumberOfPatientRelatedStudies, QueryLevel.PATIENT, Matching.NONE, STUDIES),
          of(Tag.NumberOfPatientRelatedSeries, QueryLevel.PATIENT, Matching.NONE, PATIENT_SERIES),
          of(
              Tag.NumberOfPatientRelatedInstances,
              QueryLevel.PATIENT,
              Matching.NONE,
              PATIENT_INSTANCES),
          of(Tag.StudyInstanceUID, QueryLevel.STUDY, Matching.UID_LIST, "s.study_instance_uid"),
          of(Tag.StudyDate, QueryLevel.STUDY, Matching.DATE, "s.study_date"),
          of(Tag.StudyTime, QueryLevel.STUDY, Matching.TIME, "s.study_time"),
          of(Tag.AccessionNumber, QueryLevel.STUDY, Matching.WILDCARD, "s.accession_number"),
          of(Tag.StudyID, QueryLevel.STUDY, Matching.WILDCARD, "s.study_id"),
          of(Tag.StudyDescription, QueryLevel.STUDY, Matching.WILDCARD, "s.study_description"),
          of(
              Tag.ReferringPhysicianName,
              QueryLevel.STUDY,
              Matching.NAME,
              "s.referring_physician_name"),
          of(Tag.ModalitiesInStudy, QueryLevel.STUDY, Matching.MODALITIES, MODALITIES),
          of(Tag.SOPClassesInStudy, QueryLevel.STUDY, Matching.NONE, SOP_CLASSES),
          of(Tag.NumberOfStudyRelatedSeries, QueryLevel.STUDY, Matching.NONE, STUDY_SERIES),
          of(Tag.NumberOfStudyRelatedInstances, QueryLevel.STUDY, Matching.NONE, STUDY_INSTANCES),
          of(Tag.SeriesInstanceUID, QueryLevel.SERIES, Matching.UID_LIST, "r.series_instance_uid"),
          of(Tag.Modality, QueryLevel.SERIES, Matching.WILDCARD, "r.modality"),
          of(Tag.SeriesNumber, QueryLevel.SERIES, Matching.NUMBER, "r.series_number::text"),
          of(Tag.SeriesDescription, QueryLevel.SERIES, Matching.WILDCARD, "r.series_description"),
          of(Tag.BodyPartExamined, QueryLevel.SERIES, Matching.WILDCARD, "r.body_part_examined"),
          of(Tag.Laterality, QueryLevel.SERIES, Matching.WILDCARD, "r.laterality"),
          of(Tag.Manufacturer, QueryLevel.SERIES, Matching.WILDCARD, "r.manufacturer"),
          of(
              Tag.ManufacturerModelName,
              QueryLevel.SERIES,
              Matching.WILDCARD,
              "r.manufacturer_model_name"),
          of(
              Tag.NumberOfSeriesRelatedInstances,
              QueryLevel.SERIES,
              Matching.NONE,
              SERIES_INSTANCES),
          of(Tag.SOPInstanceUID, QueryLevel.IMAGE, Matching.UID_LIST, "i.sop_instance_uid"),
          of(Tag.SOPClassUID, QueryLevel.IMAGE, Matching.UID_LIST, "i.sop_class_uid"),
          of(Tag.InstanceNumber, QueryLevel.IMAGE, Matching.NUMBER, "i.instance_number::text"),
          of(Tag.NumberOfFrames, QueryLevel.IMAGE, Matching.NONE, FRAMES),
          of(Tag.Rows, QueryLevel.IMAGE, Matching.NONE, "i.rows::text"),
          of(Tag.Columns, QueryLevel.IMAGE, Matching.NONE, "i.columns::text"),
          of(
              Tag.AvailableTransferSyntaxUID,
              QueryLevel.IMAGE,
              Matching.NONE,
              "i.transfer_syntax_uid"));

  private static QueryAttribute of(int tag, QueryLevel level, Matching matching, String sql) {
    return new QueryAttribute(tag, level, matching, sql);
  }
}
