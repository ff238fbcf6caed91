package io.overread.gateway.commitment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements over {@code commitment_order}: what we ask peers to commit to. */
final class CommitmentOrderTable {

  private final JdbcClient jdbc;

  CommitmentOrderTable(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /**
   * A request of ours.
   *
   * @param settled whether its outcome is known
   */
  record Order(
      String transactionUid,
      String peer,
      String peerAeTitle,
      List<InstanceReference> references,
      Instant orderedAt,
      boolean settled) {}

  void insert(Order order) {
    jdbc.sql(
            """
            insert into commitment_order (transaction_uid, peer, peer_ae_title, sop_class_uids,
              sop_instance_uids, state, ordered_at)
            values (?, ?, ?, ?, ?, 'DUE', ?)
            """)
        .param(order.transactionUid())
        .param(order.peer())
        .param(order.peerAeTitle())
        .param(CommitmentRequestTable.sopClassUids(order.references()))
        .param(CommitmentRequestTable.sopInstanceUids(order.references()))
        .param(order.orderedAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  Optional<Order> find(String transactionUid) {
    return query("select * from commitment_order where transaction_uid = ?", transactionUid);
  }

  /** Locks the order's row until the transaction ends. */
  Optional<Order> lock(String transactionUid) {
    return query(
        "select * from commitment_order where transaction_uid = ? for update", transactionUid);
  }

  void asked(String transactionUid, Instant at) {
    jdbc.sql(
            "update commitment_order set state = 'ASKED', asked_at = ?"
                + " where transaction_uid = ? and state in ('DUE', 'ASKED')")
        .param(at.atOffset(ZoneOffset.UTC))
        .param(transactionUid)
        .update();
  }

  void settle(
      String transactionUid,
      String state,
      Collection<String> committed,
      @Nullable String detail,
      Instant at) {
    jdbc.sql(
            "update commitment_order set state = ?, committed_sop_instance_uids = ?, detail = ?,"
                + " settled_at = ? where transaction_uid = ?")
        .param(state)
        .param(committed.toArray(String[]::new))
        .param(detail)
        .param(at.atOffset(ZoneOffset.UTC))
        .param(transactionUid)
        .update();
  }

  private Optional<Order> query(String sql, String transactionUid) {
    return jdbc.sql(sql).param(transactionUid).query(CommitmentOrderTable::order).optional();
  }

  private static Order order(ResultSet row, int number) throws SQLException {
    return new Order(
        row.getString("transaction_uid"),
        row.getString("peer"),
        row.getString("peer_ae_title"),
        CommitmentRequestTable.references(row),
        row.getObject("ordered_at", OffsetDateTime.class).toInstant(),
        row.getObject("settled_at") != null);
  }
}
