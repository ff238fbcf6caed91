package io.overread.gateway.retention;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Studies whose images no policy may delete. */
public final class Holds {

  /** Longest reason, in characters. */
  public static final int LONGEST_REASON = 500;

  private final JdbcClient jdbc;
  private final AuditTrail auditTrail;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Holds(
      DataSource dataSource, AuditTrail auditTrail, TransactionTemplate transaction, Clock clock) {
    this.jdbc = JdbcClient.create(dataSource);
    this.auditTrail = auditTrail;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** The hold on a study, if there is one. */
  public Optional<Hold> find(String studyInstanceUid) {
    return jdbc.sql(
            "select reason, held_by, held_at from retention_hold where study_instance_uid = ?")
        .param(studyInstanceUid)
        .query(
            (row, number) ->
                new Hold(
                    row.getString("reason"),
                    row.getString("held_by"),
                    row.getObject("held_at", OffsetDateTime.class).toInstant()))
        .optional();
  }

  /**
   * Holds the images of a study that is known, also one that is held already.
   *
   * @param reason why, of 1 to {@value #LONGEST_REASON} characters
   * @param by who says so, as the audit trail names actors
   */
  public void hold(String studyInstanceUid, String reason, String by) {
    transaction.executeWithoutResult(
        status -> {
          // Before or after a deletion, never beside it.
          lock(studyInstanceUid);
          jdbc.sql(
                  """
                  insert into retention_hold (study_instance_uid, reason, held_by, held_at)
                  values (?, ?, ?, ?) on conflict (study_instance_uid) do update
                  set reason = excluded.reason, held_by = excluded.held_by,
                    held_at = excluded.held_at
                  """)
              .param(studyInstanceUid)
              .param(reason)
              .param(by)
              .param(clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
              .update();
          audit(AuditAction.IMAGES_HELD, studyInstanceUid, reason, by);
        });
  }

  /** Lets the policy decide about a study again; does nothing where it isn't held. */
  public void release(String studyInstanceUid, String reason, String by) {
    transaction.executeWithoutResult(
        status -> {
          lock(studyInstanceUid);
          int released =
              jdbc.sql("delete from retention_hold where study_instance_uid = ?")
                  .param(studyInstanceUid)
                  .update();
          if (released > 0) {
            audit(AuditAction.IMAGES_RELEASED, studyInstanceUid, reason, by);
          }
        });
  }

  private void lock(String studyInstanceUid) {
    jdbc.sql("select from study where study_instance_uid = ? for update")
        .param(studyInstanceUid)
        .query((row, number) -> number)
        .list();
  }

  private void audit(AuditAction action, String studyInstanceUid, String reason, String by) {
    auditTrail.append(
        new AuditAct(
            action, Outcome.SUCCESS, by, studyInstanceUid, null, Map.of("reason", reason)));
  }
}
