package io.overread.gateway.delivery;

import io.overread.gateway.delivery.Delivery.Progress;
import io.overread.gateway.delivery.Delivery.SentObject;
import io.overread.gateway.result.ReportEvent;
import io.overread.gateway.result.ResultKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of {@code delivery}. */
final class DeliveryTable {

  private static final String SELECT =
      """
      select d.*, o.report_id, o.report_version, o.kind, o.series_instance_uid, o.digest,
        r.study_instance_uid, r.event
      from delivery d
      join delivery_object o using (sop_instance_uid)
      join delivery_report r using (report_id, report_version)
      """;

  private final JdbcClient jdbc;

  DeliveryTable(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  void insert(UUID id, String sopInstanceUid, String destination, Instant now) {
    jdbc.sql(
            """
            insert into delivery (id, sop_instance_uid, destination, state, next_step_at,
              created_at, updated_at)
            values (:id, :object, :destination, 'QUEUED', :now, :now, :now)
            """)
        .param("id", id)
        .param("object", sopInstanceUid)
        .param("destination", destination)
        .param("now", utc(now))
        .update();
  }

  Optional<Delivery> find(UUID id) {
    return jdbc.sql(SELECT + " where d.id = ?").param(id).query(DeliveryTable::read).optional();
  }

  /** Locks its row until the transaction ends. */
  Optional<Delivery> lock(UUID id) {
    return jdbc.sql(SELECT + " where d.id = ? for update of d")
        .param(id)
        .query(DeliveryTable::read)
        .optional();
  }

  /** Locks the row of whose object a Storage Commitment was asked for, if it still counts. */
  Optional<Delivery> lockByCommitment(String transactionUid) {
    return jdbc.sql(SELECT + " where d.commitment_transaction_uid = ? for update of d")
        .param(transactionUid)
        .query(DeliveryTable::read)
        .optional();
  }

  /** Those of a study, the newest version first. */
  List<Delivery> ofStudy(String studyInstanceUid) {
    return jdbc.sql(
            SELECT
                + " where r.study_instance_uid = ?"
                + " order by r.created_at desc, d.destination, o.kind, d.id")
        .param(studyInstanceUid)
        .query(DeliveryTable::read)
        .list();
  }

  /** Those of a report's drafts that are still to be sent to a destination. */
  List<Delivery> queuedDrafts(UUID reportId, String destination) {
    return jdbc.sql(
            SELECT
                + " where o.report_id = ? and d.destination = ? and d.state = 'QUEUED'"
                + " and r.event = 'DRAFT' order by d.id")
        .param(reportId)
        .param(destination)
        .query(DeliveryTable::read)
        .list();
  }

  void update(UUID id, Progress progress) {
    Instant next = progress.nextStepAt();
    jdbc.sql(
            """
            update delivery set state = :state, tries = :tries, status = :status,
              reason = :reason, next_step_at = :next, updated_at = :now
            where id = :id
            """)
        .param("state", progress.state().name())
        .param("tries", progress.tries())
        .param("status", progress.status())
        .param("reason", progress.reason())
        .param("next", next == null ? null : utc(next))
        .param("now", utc(progress.updatedAt()))
        .param("id", id)
        .update();
  }

  /** Puts the next step off, and changes nothing else. */
  void postpone(UUID id, Instant next) {
    jdbc.sql("update delivery set next_step_at = ? where id = ?")
        .param(utc(next))
        .param(id)
        .update();
  }

  /** A Storage Commitment was asked for; null: it doesn't count any more. */
  void commitment(UUID id, @Nullable String transactionUid) {
    jdbc.sql("update delivery set commitment_transaction_uid = ? where id = ?")
        .param(transactionUid)
        .param(id)
        .update();
  }

  /** There is nothing more to do. */
  void rest(UUID id) {
    jdbc.sql("update delivery set next_step_at = null where id = ?").param(id).update();
  }

  private static Delivery read(ResultSet row, int number) throws SQLException {
    return new Delivery(
        row.getObject("id", UUID.class),
        new SentObject(
            row.getObject("report_id", UUID.class),
            row.getInt("report_version"),
            ReportEvent.valueOf(row.getString("event")),
            ResultKind.valueOf(row.getString("kind")),
            row.getString("study_instance_uid"),
            row.getString("series_instance_uid"),
            row.getString("sop_instance_uid"),
            row.getString("digest")),
        row.getString("destination"),
        new Progress(
            DeliveryState.valueOf(row.getString("state")),
            row.getInt("tries"),
            row.getString("status"),
            row.getString("reason"),
            instant(row.getObject("next_step_at", OffsetDateTime.class)),
            row.getObject("updated_at", OffsetDateTime.class).toInstant()),
        row.getString("commitment_transaction_uid"));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
