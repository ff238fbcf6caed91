package io.overread.gateway.commitment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements over {@code commitment_request}: what peers ask us to commit to. */
final class CommitmentRequestTable {

  private final JdbcClient jdbc;

  CommitmentRequestTable(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /** A request that is not settled. */
  record Due(
      UUID id,
      String transactionUid,
      String callingAeTitle,
      Instant requestedAt,
      List<InstanceReference> references) {}

  /** Adds a request; the same transaction of the same peer asked again is due again. */
  UUID insert(
      String transactionUid,
      String callingAeTitle,
      List<InstanceReference> references,
      Instant at) {
    return jdbc.sql(
            """
            insert into commitment_request (id, transaction_uid, calling_ae_title, sop_class_uids,
              sop_instance_uids, state, requested_at)
            values (?, ?, ?, ?, ?, 'DUE', ?)
            on conflict (calling_ae_title, transaction_uid) do update set
              sop_class_uids = excluded.sop_class_uids,
              sop_instance_uids = excluded.sop_instance_uids,
              state = 'DUE', requested_at = excluded.requested_at, settled_at = null
            returning id
            """)
        .param(UUID.randomUUID())
        .param(transactionUid)
        .param(callingAeTitle)
        .param(sopClassUids(references))
        .param(sopInstanceUids(references))
        .param(at.atOffset(ZoneOffset.UTC))
        .query(UUID.class)
        .single();
  }

  /** The request, unless it is settled. */
  Optional<Due> due(UUID id) {
    return jdbc.sql("select * from commitment_request where id = ? and state = 'DUE'")
        .param(id)
        .query(CommitmentRequestTable::due)
        .optional();
  }

  /** Settles a request; false when it was settled already. */
  boolean settle(UUID id, String state, int committed, int failed, Instant at) {
    return jdbc.sql(
                "update commitment_request set state = ?, committed = ?, failed = ?, settled_at = ?"
                    + " where id = ? and state = 'DUE'")
            .param(state)
            .param(committed)
            .param(failed)
            .param(at.atOffset(ZoneOffset.UTC))
            .param(id)
            .update()
        == 1;
  }

  static String[] sopClassUids(List<InstanceReference> references) {
    return references.stream().map(InstanceReference::sopClassUid).toArray(String[]::new);
  }

  static String[] sopInstanceUids(List<InstanceReference> references) {
    return references.stream().map(InstanceReference::sopInstanceUid).toArray(String[]::new);
  }

  static List<InstanceReference> references(ResultSet row) throws SQLException {
    String[] classes = (String[]) row.getArray("sop_class_uids").getArray();
    String[] uids = (String[]) row.getArray("sop_instance_uids").getArray();
    List<InstanceReference> references = new ArrayList<>();
    for (int i = 0; i < uids.length; i++) {
      references.add(new InstanceReference(classes[i], uids[i]));
    }
    return references;
  }

  private static Due due(ResultSet row, int number) throws SQLException {
    return new Due(
        row.getObject("id", UUID.class),
        row.getString("transaction_uid"),
        row.getString("calling_ae_title"),
        row.getObject("requested_at", java.time.OffsetDateTime.class).toInstant(),
        references(row));
  }
}
