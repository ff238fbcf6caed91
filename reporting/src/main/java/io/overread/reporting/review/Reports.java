package io.overread.reporting.review;

import io.overread.reporting.finding.StudyRevision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads reports and what was decided about them. */
public final class Reports {
  private final JdbcClient jdbc;

  /** Over the tables of this client. */
  public Reports(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The report with this key. */
  public Optional<Report> find(UUID id) {
    return jdbc.sql("select * from report where id = :id")
        .param("id", id)
        .query((row, number) -> read(row))
        .optional();
  }

  /** The report on the study's newest revision that has one. */
  public Optional<Report> latest(String studyInstanceUid) {
    return ofStudy(studyInstanceUid).stream().findFirst();
  }

  /** Every report on a study, the newest revision first. */
  public List<Report> ofStudy(String studyInstanceUid) {
    return jdbc.sql(
            """
            select * from report where study_instance_uid = :study order by study_revision desc
            """)
        .param("study", studyInstanceUid)
        .query((row, number) -> read(row))
        .list();
  }

  /** Every version of a report's text, the first first. */
  public List<Version> versions(UUID id) {
    return jdbc.sql("select * from report_version where report_id = :id order by version")
        .param("id", id)
        .query(
            (row, number) ->
                new Version(
                    new Report.Standing(
                        ReportStatus.of(row.getString("status")),
                        ReviewState.valueOf(row.getString("review_state")),
                        row.getInt("version")),
                    row.getString("text"),
                    row.getString("author"),
                    instant(row, "recorded_at")))
        .list();
  }

  /**
   * A version of a report.
   *
   * @param standing where the report was
   * @param text what the desk showed
   * @param author who made it: {@code service} or {@code user:NAME}
   * @param recordedAt when
   */
  public record Version(Report.Standing standing, String text, String author, Instant recordedAt) {}

  Optional<Report> lock(UUID id) {
    return jdbc.sql("select * from report where id = :id for update")
        .param("id", id)
        .query((row, number) -> read(row))
        .optional();
  }

  private static Report read(ResultSet row) throws SQLException {
    return new Report(
        row.getObject("id", UUID.class),
        new Report.Origin(
            new StudyRevision(row.getString("study_instance_uid"), row.getInt("study_revision")),
            row.getObject("analysis_id", UUID.class),
            row.getObject("replaces", UUID.class)),
        new Report.Standing(
            ReportStatus.of(row.getString("status")),
            ReviewState.valueOf(row.getString("review_state")),
            row.getInt("version")),
        new Report.Texts(
            row.getString("draft_text"), row.getString("text"), row.getString("signed_text")),
        new Report.Times(instant(row, "created_at"), instant(row, "updated_at")),
        signer(row));
  }

  private static @Nullable Signer signer(ResultSet row) throws SQLException {
    return row.getString("signed_by") == null
        ? null
        : new Signer(
            row.getString("signed_by"),
            row.getString("signed_by_name"),
            instant(row, "signed_at"),
            row.getString("signature_meaning"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
