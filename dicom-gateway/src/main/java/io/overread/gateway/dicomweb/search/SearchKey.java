package io.overread.gateway.dicomweb.search;

import io.overread.dicom.dictionary.Tag;
import java.util.Arrays;
import java.util.Optional;

/** The attributes that can be matched and are returned, with their columns. */
enum SearchKey {
  STUDY_DATE(Tag.StudyDate, SearchLevel.STUDY, Kind.DATE, "s.study_date"),
  STUDY_TIME(Tag.StudyTime, SearchLevel.STUDY, Kind.TIME, "s.study_time"),
  ACCESSION_NUMBER(Tag.AccessionNumber, SearchLevel.STUDY, Kind.TEXT, "s.accession_number"),
  MODALITIES_IN_STUDY(Tag.ModalitiesInStudy, SearchLevel.STUDY, Kind.MODALITIES, "modalities"),
  REFERRING_PHYSICIAN_NAME(
      Tag.ReferringPhysicianName, SearchLevel.STUDY, Kind.NAME, "s.referring_physician_name"),
  STUDY_DESCRIPTION(Tag.StudyDescription, SearchLevel.STUDY, Kind.TEXT, "s.study_description"),
  PATIENT_NAME(Tag.PatientName, SearchLevel.STUDY, Kind.NAME, "s.patient_name"),
  PATIENT_ID(Tag.PatientID, SearchLevel.STUDY, Kind.TEXT, "s.patient_id"),
  ISSUER_OF_PATIENT_ID(
      Tag.IssuerOfPatientID, SearchLevel.STUDY, Kind.TEXT, "s.issuer_of_patient_id"),
  PATIENT_BIRTH_DATE(Tag.PatientBirthDate, SearchLevel.STUDY, Kind.DATE, "s.patient_birth_date"),
  PATIENT_SEX(Tag.PatientSex, SearchLevel.STUDY, Kind.TEXT, "s.patient_sex"),
  STUDY_INSTANCE_UID(Tag.StudyInstanceUID, SearchLevel.STUDY, Kind.UID, "s.study_instance_uid"),
  STUDY_ID(Tag.StudyID, SearchLevel.STUDY, Kind.TEXT, "s.study_id"),
  MODALITY(Tag.Modality, SearchLevel.SERIES, Kind.TEXT, "r.modality"),
  MANUFACTURER(Tag.Manufacturer, SearchLevel.SERIES, Kind.TEXT, "r.manufacturer"),
  SERIES_DESCRIPTION(Tag.SeriesDescription, SearchLevel.SERIES, Kind.TEXT, "r.series_description"),
  MANUFACTURER_MODEL_NAME(
      Tag.ManufacturerModelName, SearchLevel.SERIES, Kind.TEXT, "r.manufacturer_model_name"),
  BODY_PART_EXAMINED(Tag.BodyPartExamined, SearchLevel.SERIES, Kind.TEXT, "r.body_part_examined"),
  SERIES_INSTANCE_UID(Tag.SeriesInstanceUID, SearchLevel.SERIES, Kind.UID, "r.series_instance_uid"),
  SERIES_NUMBER(Tag.SeriesNumber, SearchLevel.SERIES, Kind.NUMBER, "r.series_number"),
  SOP_CLASS_UID(Tag.SOPClassUID, SearchLevel.INSTANCE, Kind.UID, "i.sop_class_uid"),
  SOP_INSTANCE_UID(Tag.SOPInstanceUID, SearchLevel.INSTANCE, Kind.UID, "i.sop_instance_uid"),
  INSTANCE_NUMBER(Tag.InstanceNumber, SearchLevel.INSTANCE, Kind.NUMBER, "i.instance_number"),
  NUMBER_OF_FRAMES(Tag.NumberOfFrames, SearchLevel.INSTANCE, Kind.NUMBER, "i.number_of_frames"),
  ROWS(Tag.Rows, SearchLevel.INSTANCE, Kind.NUMBER, "i.rows"),
  COLUMNS(Tag.Columns, SearchLevel.INSTANCE, Kind.NUMBER, "i.columns");

  /** How values are compared (PS3.4 C.2.2.2). */
  enum Kind {
    TEXT,
    NAME,
    UID,
    DATE,
    TIME,
    NUMBER,
    MODALITIES
  }

  private final int tag;
  private final SearchLevel level;
  private final Kind kind;
  private final String column;

  SearchKey(int tag, SearchLevel level, Kind kind, String column) {
    this.tag = tag;
    this.level = level;
    this.kind = kind;
    this.column = column;
  }

  static Optional<SearchKey> of(int tag) {
    return Arrays.stream(values()).filter(key -> key.tag == tag).findFirst();
  }

  int tag() {
    return tag;
  }

  SearchLevel level() {
    return level;
  }

  Kind kind() {
    return kind;
  }

  /** With the alias of its table. */
  String column() {
    return column;
  }

  /** The name under which a statement selects it. */
  String selected() {
    return column.substring(column.indexOf('.') + 1);
  }
}
