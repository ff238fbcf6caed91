package io.overread.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Reads the table alone, entry by entry, and recomputes every digest. It shares no code with the
 * writer but the form of the digest, and needs no more than a connection that may read.
 */
public final class ChainVerifier {
  private static final int ROWS_AT_A_TIME = 1_000;

  /**
   * Verifies the whole chain in constant memory.
   *
   * @param connection may read {@code audit_entry}; auto-commit is switched off while reading
   */
  public ChainVerdict verify(Connection connection) throws SQLException {
    return verify(connection, null);
  }

  /**
   * Verifies the whole chain, and that it still holds an entry noted earlier: a chain whose newest
   * entries were cut off is intact in itself.
   *
   * @param known {@code SEQUENCE:DIGEST} as an earlier verification told it, or null
   */
  public ChainVerdict verify(Connection connection, @Nullable String known) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(ROWS_AT_A_TIME);
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT " + AuditRows.COLUMNS + " FROM audit_entry ORDER BY sequence")) {
        return verify(rows, known);
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(autoCommit);
    }
  }

  private static ChainVerdict verify(ResultSet rows, @Nullable String known) throws SQLException {
    long knownSequence = known == null ? 0 : Long.parseLong(known.substring(0, known.indexOf(':')));
    long expected = 1;
    String previous = EntryDigest.OF_NOTHING;
    while (rows.next()) {
      AuditEntry entry = AuditRows.entry(rows);
      if (entry.sequence() != expected) {
        return new ChainVerdict.Broken(expected, "the entry is missing");
      }
      if (!entry.previousDigest().equals(previous)) {
        return new ChainVerdict.Broken(expected, "it doesn't hold the digest of the entry before");
      }
      if (!entry.digest().equals(EntryDigest.of(entry))) {
        return new ChainVerdict.Broken(expected, "its content doesn't match its digest");
      }
      if (expected == knownSequence && !(expected + ":" + entry.digest()).equals(known)) {
        return new ChainVerdict.Broken(expected, "it isn't the entry noted earlier");
      }
      previous = entry.digest();
      expected++;
    }
    if (expected <= knownSequence) {
      return new ChainVerdict.Broken(expected, "the entry is missing; " + known + " was noted");
    }
    return new ChainVerdict.Intact(expected - 1, previous);
  }
}
