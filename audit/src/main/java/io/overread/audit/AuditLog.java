package io.overread.audit;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the audit chain. */
public class AuditLog {
  private static final int MOST_OF_A_STUDY = 5_000;
  private final JdbcTemplate jdbc;

  public AuditLog(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
  }

  /** The entries that name a study, oldest first; at most 5,000. */
  public List<AuditEntry> ofStudy(String studyInstanceUid) {
    return jdbc.query(
        select("WHERE study_instance_uid = ? ORDER BY sequence LIMIT " + MOST_OF_A_STUDY),
        (row, number) -> AuditRows.entry(row),
        studyInstanceUid);
  }

  /** At most {@code limit} entries after a sequence number, oldest first. */
  public List<AuditEntry> page(long afterSequence, int limit) {
    return jdbc.query(
        select("WHERE sequence > ? ORDER BY sequence LIMIT ?"),
        (row, number) -> AuditRows.entry(row),
        afterSequence,
        limit);
  }

  /** The newest entry, if there is any. */
  public Optional<AuditEntry> head() {
    return jdbc
        .query(select("ORDER BY sequence DESC LIMIT 1"), (row, number) -> AuditRows.entry(row))
        .stream()
        .findFirst();
  }

  private static String select(String rest) {
    return "SELECT " + AuditRows.COLUMNS + " FROM audit_entry " + rest;
  }
}
