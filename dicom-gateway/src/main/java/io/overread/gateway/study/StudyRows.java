package io.overread.gateway.study;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rows of studies and series. */
final class StudyRows {

  /** Every study with what it holds; narrowed by a where clause. */
  static final String STUDIES =
      """
      select s.*,
        array(select distinct r.modality from series r
              where r.study_instance_uid = s.study_instance_uid and r.modality is not null
              order by 1) as modalities,
        (select count(*) from series r where r.study_instance_uid = s.study_instance_uid)
          as series_count,
        (select count(*) from instance i where i.study_instance_uid = s.study_instance_uid)
          as instance_count
      from study s\
      """;

  /** The text in which a worklist search looks. */
  static final String SEARCHED =
      "lower(concat_ws(' ', s.patient_name, s.patient_id, s.accession_number,"
          + " s.study_description, s.study_instance_uid))";

  static final String SERIES =
      """
      select r.*,
        (select count(*) from instance i where i.study_instance_uid = r.study_instance_uid
           and i.series_instance_uid = r.series_instance_uid) as instance_count
      from series r where r.study_instance_uid = ?
      order by r.series_number nulls last, r.series_instance_uid
      """;

  private StudyRows() {}

  static StudyTable.Locked locked(ResultSet row, int number) throws SQLException {
    return new StudyTable.Locked(
        StudyState.valueOf(row.getString("state")),
        row.getInt("revision"),
        instant(row, "revision_started_at"),
        row.getBoolean("announced"),
        patient(row));
  }

  static Study study(ResultSet row, int number) throws SQLException {
    return new Study(
        row.getString("study_instance_uid"),
        progress(row),
        patient(row),
        new StudyAttributes(
            row.getString("accession_number"),
            row.getString("study_id"),
            row.getString("study_date"),
            row.getString("study_time"),
            row.getString("study_description"),
            row.getString("referring_physician_name")),
        new Study.Contents(
            List.of((String[]) row.getArray("modalities").getArray()),
            row.getInt("series_count"),
            row.getInt("instance_count")));
  }

  private static Study.Progress progress(ResultSet row) throws SQLException {
    OffsetDateTime completedAt = row.getObject("completed_at", OffsetDateTime.class);
    return new Study.Progress(
        StudyState.valueOf(row.getString("state")),
        row.getInt("revision"),
        row.getBoolean("patient_conflict"),
        Completeness.valueOf(row.getString("completeness")),
        row.getString("completeness_reason"),
        instant(row, "first_instance_at"),
        instant(row, "last_instance_at"),
        completedAt == null ? null : completedAt.toInstant());
  }

  static Series series(ResultSet row, int number) throws SQLException {
    return new Series(
        row.getString("study_instance_uid"),
        row.getString("series_instance_uid"),
        new SeriesAttributes(
            row.getString("modality"),
            integer(row, "series_number"),
            row.getString("series_description"),
            new SeriesAttributes.Anatomy(
                row.getString("body_part_examined"),
                row.getString("laterality"),
                row.getString("view_position")),
            new SeriesAttributes.Equipment(
                row.getString("manufacturer"), row.getString("manufacturer_model_name"))),
        row.getInt("instance_count"));
  }

  private static PatientAttributes patient(ResultSet row) throws SQLException {
    return new PatientAttributes(
        row.getString("patient_id"),
        row.getString("issuer_of_patient_id"),
        row.getString("patient_name"),
        row.getString("patient_birth_date"),
        row.getString("patient_sex"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }
}
