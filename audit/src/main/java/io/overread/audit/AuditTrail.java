package io.overread.audit;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Adds to the audit chain, in the transaction of the act recorded: either both are there or
 * neither. Call it last in the transaction, since the chain has one end and whoever adds to it
 * keeps the others waiting until the commit.
 */
public class AuditTrail {
  /** Key of the advisory lock that puts the writers in a row; any constant does. */
  private static final long CHAIN_LOCK = 0x6F76657272656164L;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcTemplate jdbc;
  private final Clock clock;

  public AuditTrail(DataSource dataSource, Clock clock) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.clock = clock;
  }

  /**
   * Records an act.
   *
   * @throws IllegalStateException if the caller has no transaction open
   * @throws org.springframework.dao.DataAccessException if the entry can't be written; the act has
   *     to fail with it
   */
  public void append(AuditAct act) {
    appendAll(List.of(act));
  }

  /**
   * Records acts of one transaction, in their order, as {@link #append} would one by one, with one
   * look at the end of the chain.
   *
   * @throws IllegalStateException if the caller has no transaction open
   * @throws org.springframework.dao.DataAccessException if they can't be written; the acts have to
   *     fail with them
   */
  public void appendAll(List<AuditAct> acts) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("an audit entry needs the transaction of its act");
    }
    jdbc.query("SELECT pg_advisory_xact_lock(" + CHAIN_LOCK + ")", row -> {});
    // A statement of its own: its snapshot has to be taken after the lock is held.
    List<AuditEntry> last =
        jdbc.query(
            "SELECT " + AuditRows.COLUMNS + " FROM audit_entry ORDER BY sequence DESC LIMIT 1",
            (row, number) -> AuditRows.entry(row));
    write(chained(last.isEmpty() ? null : last.getFirst(), acts));
  }

  private List<AuditEntry> chained(@Nullable AuditEntry end, List<AuditAct> acts) {
    List<AuditEntry> entries = new ArrayList<>(acts.size());
    for (AuditAct act : acts) {
      end = end == null ? first(act) : after(end, act);
      entries.add(end);
    }
    return entries;
  }

  private AuditEntry first(AuditAct act) {
    return entry(1, EntryDigest.OF_NOTHING, act);
  }

  private AuditEntry after(AuditEntry before, AuditAct act) {
    return entry(before.sequence() + 1, before.digest(), act);
  }

  private AuditEntry entry(long sequence, String previousDigest, AuditAct act) {
    AuditEntry open =
        new AuditEntry(
            sequence,
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            act.action().name(),
            act.outcome().name(),
            storable(act.actor()),
            act.studyInstanceUid() == null ? null : storable(act.studyInstanceUid()),
            act.subject() == null ? null : storable(act.subject()),
            storable(JSON.writeValueAsString(act.detail())),
            previousDigest,
            EntryDigest.OF_NOTHING);
    return new AuditEntry(
        open.sequence(),
        open.recordedAt(),
        open.action(),
        open.outcome(),
        open.actor(),
        open.studyInstanceUid(),
        open.subject(),
        open.detail(),
        open.previousDigest(),
        EntryDigest.of(open));
  }

  /**
   * What PostgreSQL's text can hold: no NUL, and no lone surrogate, which UTF-8 would turn into
   * something else between the digest and the table.
   */
  private static String storable(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints()
        .map(
            c ->
                c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                    ? 0xFFFD
                    : c)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private void write(List<AuditEntry> entries) {
    jdbc.batchUpdate(
        "INSERT INTO audit_entry (" + AuditRows.COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        entries.stream().map(AuditTrail::columns).toList());
  }

  private static @Nullable Object[] columns(AuditEntry entry) {
    return new @Nullable Object[] {
      entry.sequence(),
      OffsetDateTime.ofInstant(entry.recordedAt(), ZoneOffset.UTC),
      entry.action(),
      entry.outcome(),
      entry.actor(),
      entry.studyInstanceUid(),
      entry.subject(),
      entry.detail(),
      HexFormat.of().parseHex(entry.previousDigest()),
      HexFormat.of().parseHex(entry.digest())
    };
  }
}
