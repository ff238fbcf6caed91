package io.overread.service.journey;

import io.overread.gateway.triage.Triage;
import io.overread.gateway.triage.TriageDecision;
import io.overread.reporting.finding.StudyRevision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the model was given of each revision of a study and what not, and why; kept with its
 * analysis, which has the same key.
 */
@Component
public class ReadInputs {
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Triage triage;

  ReadInputs(JdbcClient jdbc, TransactionTemplate transaction, Triage triage) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.triage = triage;
  }

  /**
   * A frame that was read, or images of a series that were not.
   *
   * @param sopInstanceUid null for images that were left out
   * @param frame from 1; null for images that were left out
   * @param window what the window is called; null for the image's own
   * @param images how many images it is about
   */
  public record Input(
      String seriesInstanceUid,
      @Nullable String sopInstanceUid,
      @Nullable Integer frame,
      @Nullable String window,
      int images,
      String reason) {}

  /** The findings catalogue that a rule asks for. */
  public @Nullable String catalogueByRule(StudyRevision study) {
    return triage.latest(study.studyInstanceUid()).map(TriageDecision::catalogue).orElse(null);
  }

  /** Keeps it, in place of what a try before this one read. */
  void keep(StudyRevision study, Reading reading) {
    transaction.executeWithoutResult(
        status -> {
          jdbc.sql(
                  "delete from frame_selection"
                      + " where study_instance_uid = ? and study_revision = ?")
              .param(study.studyInstanceUid())
              .param(study.revision())
              .update();
          int ordinal = 0;
          for (Reading.Source source : reading.sources()) {
            insert(study, ordinal++, input(source));
          }
          for (LeftOut left : reading.leftOut()) {
            insert(
                study,
                ordinal++,
                new Input(
                    left.seriesInstanceUid(), null, null, null, left.images(), left.reason()));
          }
        });
  }

  private static Input input(Reading.Source source) {
    return new Input(
        source.series().seriesInstanceUid(),
        source.instance().sopInstanceUid(),
        source.frame(),
        source.window(),
        1,
        source.reason());
  }

  private void insert(StudyRevision study, int ordinal, Input input) {
    jdbc.sql(
            """
            insert into frame_selection (study_instance_uid, study_revision, ordinal,
              series_instance_uid, sop_instance_uid, frame_number, window_name, images, reason)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(study.studyInstanceUid())
        .param(study.revision())
        .param(ordinal)
        .param(input.seriesInstanceUid())
        .param(input.sopInstanceUid())
        .param(input.frame())
        .param(input.window())
        .param(input.images())
        .param(input.reason())
        .update();
  }

  /** What was read of the newest revision that was; the frames first, in the model's order. */
  public List<Input> latest(String studyInstanceUid) {
    return jdbc.sql(
            """
            select * from frame_selection where study_instance_uid = :study and study_revision =
              (select max(study_revision) from frame_selection where study_instance_uid = :study)
            order by ordinal
            """)
        .param("study", studyInstanceUid)
        .query(ReadInputs::row)
        .list();
  }

  /** The frames that were read of a revision, in the model's order. */
  static List<Input> framesOf(JdbcClient jdbc, StudyRevision study) {
    return jdbc.sql(
            """
            select * from frame_selection where study_instance_uid = ? and study_revision = ?
            and sop_instance_uid is not null order by ordinal
            """)
        .param(study.studyInstanceUid())
        .param(study.revision())
        .query(ReadInputs::row)
        .list();
  }

  private static Input row(ResultSet row, int number) throws SQLException {
    int frame = row.getInt("frame_number");
    return new Input(
        row.getString("series_instance_uid"),
        row.getString("sop_instance_uid"),
        row.wasNull() ? null : frame,
        row.getString("window_name"),
        row.getInt("images"),
        row.getString("reason"));
  }
}
