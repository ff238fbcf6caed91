package io.overread.gateway.study;

import static io.overread.gateway.study.StudyState.COMPLETE;
import static io.overread.gateway.study.StudyState.RECEIVING;

import io.overread.gateway.study.StudyCompleteness.Verdict;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements over {@code study} and {@code series}. */
public final class StudyTable {

  /** What is decided upon while the row of a study is locked. */
  record Locked(
      StudyState state,
      int revision,
      Instant revisionStartedAt,
      boolean announced,
      PatientAttributes patient) {}

  private final JdbcClient jdbc;
  private final AnnouncementTable announcements;

  /** The tables behind a data source; joins the transaction of Spring, if there is one. */
  public StudyTable(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
    this.announcements = new AnnouncementTable(jdbc);
  }

  AnnouncementTable announcements() {
    return announcements;
  }

  /** Whether it was new. Waits for a transaction that inserts the same study. */
  boolean insertStudy(StudyArrival arrival) {
    PatientAttributes patient = arrival.patient();
    StudyAttributes study = arrival.study();
    return jdbc.sql(
                """
                insert into study (study_instance_uid, state, revision,
                  patient_id, issuer_of_patient_id, patient_name, patient_birth_date, patient_sex,
                  accession_number, study_id, study_date, study_time, study_description,
                  referring_physician_name, first_instance_at, last_instance_at,
                  revision_started_at, announced)
                values (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                  exists (select from study_announcement where study_instance_uid = ?))
                on conflict (study_instance_uid) do nothing
                """)
            .param(arrival.studyInstanceUid())
            .param(RECEIVING.name())
            .param(patient.patientId())
            .param(patient.issuerOfPatientId())
            .param(patient.patientName())
            .param(patient.patientBirthDate())
            .param(patient.patientSex())
            .param(study.accessionNumber())
            .param(study.studyId())
            .param(study.studyDate())
            .param(study.studyTime())
            .param(study.studyDescription())
            .param(study.referringPhysicianName())
            .param(utc(arrival.at()))
            .param(utc(arrival.at()))
            .param(utc(arrival.at()))
            .param(arrival.studyInstanceUid())
            .update()
        == 1;
  }

  /** Takes a further instance to the study; what its first instances left out is filled in. */
  void updateStudy(StudyArrival arrival, StudyState next, boolean patientConflict) {
    PatientAttributes patient = arrival.patient();
    StudyAttributes study = arrival.study();
    jdbc.sql(
            """
            update study set state = :state, completed_at = null,
              completeness = 'UNKNOWN', completeness_reason = 'still arriving',
              revision_started_at =
                case when completed_at is null then revision_started_at else :at end,
              last_instance_at = greatest(last_instance_at, :at),
              patient_conflict = patient_conflict or :conflict,
              patient_id = coalesce(patient_id, :patientId),
              issuer_of_patient_id = coalesce(issuer_of_patient_id, :issuer),
              patient_name = coalesce(patient_name, :patientName),
              patient_birth_date = coalesce(patient_birth_date, :birthDate),
              patient_sex = coalesce(patient_sex, :sex),
              accession_number = coalesce(accession_number, :accession),
              study_id = coalesce(study_id, :studyId),
              study_date = coalesce(study_date, :date),
              study_time = coalesce(study_time, :time),
              study_description = coalesce(study_description, :description),
              referring_physician_name = coalesce(referring_physician_name, :referring)
            where study_instance_uid = :uid
            """)
        .param("state", next.name())
        .param("at", utc(arrival.at()))
        .param("conflict", patientConflict)
        .param("patientId", patient.patientId())
        .param("issuer", patient.issuerOfPatientId())
        .param("patientName", patient.patientName())
        .param("birthDate", patient.patientBirthDate())
        .param("sex", patient.patientSex())
        .param("accession", study.accessionNumber())
        .param("studyId", study.studyId())
        .param("date", study.studyDate())
        .param("time", study.studyTime())
        .param("description", study.studyDescription())
        .param("referring", study.referringPhysicianName())
        .param("uid", arrival.studyInstanceUid())
        .update();
  }

  void imagesRestored(String studyInstanceUid, Instant at) {
    jdbc.sql("update study set images_restored_at = ? where study_instance_uid = ?")
        .param(utc(at))
        .param(studyInstanceUid)
        .update();
  }

  void insertSeries(StudyArrival arrival) {
    SeriesAttributes series = arrival.series();
    jdbc.sql(
            """
            insert into series (study_instance_uid, series_instance_uid, modality,
              body_part_examined, laterality, view_position, series_number, series_description,
              manufacturer, manufacturer_model_name)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """)
        .param(arrival.studyInstanceUid())
        .param(arrival.seriesInstanceUid())
        .param(series.modality())
        .param(series.anatomy().bodyPartExamined())
        .param(series.anatomy().laterality())
        .param(series.anatomy().viewPosition())
        .param(series.seriesNumber())
        .param(series.seriesDescription())
        .param(series.equipment().manufacturer())
        .param(series.equipment().manufacturerModelName())
        .update();
  }

  /** Locks the study's row until the transaction ends. */
  Optional<Locked> lock(String studyInstanceUid) {
    return jdbc.sql(
            """
            select state, revision, revision_started_at, announced, patient_id,
              issuer_of_patient_id, patient_name, patient_birth_date, patient_sex
            from study where study_instance_uid = ? for update
            """)
        .param(studyInstanceUid)
        .query(StudyRows::locked)
        .optional();
  }

  CompleteStudy complete(
      String studyInstanceUid, int revision, Verdict.Close verdict, Instant now) {
    jdbc.sql(
            "update study set state = ?, revision = ?, completed_at = ?, completeness = ?,"
                + " completeness_reason = ? where study_instance_uid = ?")
        .param(COMPLETE.name())
        .param(revision)
        .param(utc(now))
        .param(verdict.completeness().name())
        .param(verdict.reason())
        .param(studyInstanceUid)
        .update();
    int fresh =
        jdbc.sql(
                "update instance set study_revision = ?"
                    + " where study_instance_uid = ? and study_revision is null")
            .param(revision)
            .param(studyInstanceUid)
            .update();
    int all =
        jdbc.sql("select count(*) from instance where study_instance_uid = ?")
            .param(studyInstanceUid)
            .query(Integer.class)
            .single();
    return new CompleteStudy(
        studyInstanceUid,
        revision,
        new CompleteStudy.Contents(all, fresh),
        verdict.completeness(),
        verdict.reason(),
        now);
  }

  Optional<Study> find(String studyInstanceUid) {
    return jdbc.sql(StudyRows.STUDIES + " where s.study_instance_uid = ?")
        .param(studyInstanceUid)
        .query(StudyRows::study)
        .optional();
  }

  List<Series> series(String studyInstanceUid) {
    return jdbc.sql(StudyRows.SERIES).param(studyInstanceUid).query(StudyRows::series).list();
  }

  List<Study> page(StudyQuery query) {
    StringBuilder sql = new StringBuilder(StudyRows.STUDIES).append(" where true");
    List<Object> parameters = new ArrayList<>();
    for (String term : query.terms()) {
      sql.append(" and position(? in ").append(StudyRows.SEARCHED).append(") > 0");
      parameters.add(term);
    }
    String after = query.after();
    if (after != null) {
      // Keyset paging: what arrives meanwhile shifts no page.
      sql.append(
          " and (s.last_instance_at, s.study_instance_uid) < (select last_instance_at,"
              + " study_instance_uid from study where study_instance_uid = ?)");
      parameters.add(after);
    }
    sql.append(" order by s.last_instance_at desc, s.study_instance_uid desc limit ?");
    parameters.add(query.limit());
    return jdbc.sql(sql.toString()).params(parameters).query(StudyRows::study).list();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
