package io.overread.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HexFormat;

/** The table {@code audit_entry} as entries. */
final class AuditRows {
  static final String COLUMNS =
      "sequence, recorded_at, action, outcome, actor, study_instance_uid, subject, detail,"
          + " previous_digest, digest";

  private AuditRows() {}

  static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getLong("sequence"),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        row.getString("action"),
        row.getString("outcome"),
        row.getString("actor"),
        row.getString("study_instance_uid"),
        row.getString("subject"),
        row.getString("detail"),
        HexFormat.of().formatHex(row.getBytes("previous_digest")),
        HexFormat.of().formatHex(row.getBytes("digest")));
  }
}
