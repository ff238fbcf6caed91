package io.overread.gateway.retention;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds studies whose images may go, as far as the gateway's own tables tell. */
final class RetentionTable {

  /**
   * Complete, with images that came after the last deletion if there was one, not held, and without
   * a result to be sent that is yet to be made from the images.
   */
  private static final String CANDIDATES =
      """
      select s.study_instance_uid, greatest(s.last_instance_at, s.images_restored_at) as since
      from study s
      where s.state = 'COMPLETE'
        and (s.images_deleted_at is null or s.completed_at > s.images_deleted_at
          or s.images_restored_at >= s.images_deleted_at)
        and not exists (select from retention_hold h
          where h.study_instance_uid = s.study_instance_uid)
        and not exists (select from delivery_report r
          join delivery_object o using (report_id, report_version)
          join delivery d on d.sop_instance_uid = o.sop_instance_uid
          where r.study_instance_uid = s.study_instance_uid and o.digest is null
            and d.next_step_at is not null)
      """;

  /**
   * A study.
   *
   * @param since when its last image came, for the first time or again
   */
  record Candidate(String studyInstanceUid, Instant since) {}

  private final JdbcClient jdbc;

  RetentionTable(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /** Those of before a time, the oldest first, from the one after that given. */
  List<Candidate> before(Instant time, Candidate after, int limit) {
    return jdbc.sql(
            "select * from ("
                + CANDIDATES
                + ") c where since <= ? and (since, study_instance_uid) > (?, ?)"
                + " order by since, study_instance_uid limit ?")
        .param(time.atOffset(ZoneOffset.UTC))
        .param(after.since().atOffset(ZoneOffset.UTC))
        .param(after.studyInstanceUid())
        .param(limit)
        .query(RetentionTable::candidate)
        .list();
  }

  /** Locks a study's row until the transaction ends; empty when it is no candidate any more. */
  Optional<Candidate> lock(String studyInstanceUid) {
    jdbc.sql("select from study where study_instance_uid = ? for update")
        .param(studyInstanceUid)
        .query((row, number) -> number)
        .list();
    // A statement of its own: it has to see what was committed while we waited for the lock.
    return jdbc.sql(CANDIDATES + " and s.study_instance_uid = ?")
        .param(studyInstanceUid)
        .query(RetentionTable::candidate)
        .optional();
  }

  void deleted(String studyInstanceUid, Instant at) {
    jdbc.sql("update study set images_deleted_at = ? where study_instance_uid = ?")
        .param(at.atOffset(ZoneOffset.UTC))
        .param(studyInstanceUid)
        .update();
  }

  private static Candidate candidate(ResultSet row, int number) throws SQLException {
    return new Candidate(
        row.getString("study_instance_uid"),
        row.getObject("since", OffsetDateTime.class).toInstant());
  }
}
