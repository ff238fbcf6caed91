package io.overread.service.retention;

import io.overread.gateway.retention.RetentionGuard;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells from the tables of reporting whether images are still needed for a report. */
@Component
class ReportState implements RetentionGuard {

  private final JdbcClient jdbc;

  ReportState(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Verdict mayDelete(String studyInstanceUid) {
    return jdbc.sql(
            """
            select
              exists (select from analysis where study_instance_uid = :study
                and state in ('PENDING', 'RUNNING')) as due,
              exists (select from report where study_instance_uid = :study
                and (status = 'preliminary' or review_state = 'AMENDING'))
              or exists (select from analysis where study_instance_uid = :study
                and state = 'FAILED' and study_revision =
                  (select max(study_revision) from analysis where study_instance_uid = :study))
                as unsigned,
              (select max(updated_at) from report where study_instance_uid = :study) as decided_at
            """)
        .param("study", studyInstanceUid)
        .query(ReportState::verdict)
        .single();
  }

  private static Verdict verdict(ResultSet row, int number) throws SQLException {
    if (row.getBoolean("due")) {
      return new Due();
    }
    if (row.getBoolean("unsigned")) {
      return new Unsigned();
    }
    OffsetDateTime decided = row.getObject("decided_at", OffsetDateTime.class);
    return new Settled(decided == null ? null : decided.toInstant());
  }
}
