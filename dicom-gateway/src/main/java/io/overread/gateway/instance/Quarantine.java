package io.overread.gateway.instance;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.Outcome;
import io.overread.gateway.instance.StorageFailure.CommitUncertain;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps what was refused, byte for byte, with the reason, so that a person can find out what a
 * device sends. The file, a row and an audit entry: all or none.
 */
public final class Quarantine {

  private final DataFolder folder;
  private final Leavings leavings;
  private final JdbcClient jdbc;
  private final AuditedTransaction transaction;
  private final OneAtATime perFile = new OneAtATime();

  /** A quarantine in the data folder, with its rows in the database. */
  public Quarantine(DataFolder folder, DataSource dataSource, AuditedTransaction transaction) {
    this.folder = folder;
    this.leavings = new Leavings(folder);
    this.jdbc = JdbcClient.create(dataSource);
    this.transaction = transaction;
  }

  /**
   * Why an object is kept here.
   *
   * @param action under which it is audited
   * @param reason a short name
   * @param detail for a person; no patient data
   */
  record Reason(AuditAction action, String reason, String detail) {}

  /**
   * Moves a received file here.
   *
   * @return its place
   * @throws StorageFailure when the disk fails; nothing is kept then
   */
  StoredPath keep(IncomingFile file, Arrival arrival, Reason reason, Instant receivedAt) {
    return perFile.on(file.fileDigest(), () -> keepAlone(file, arrival, reason, receivedAt));
  }

  private StoredPath keepAlone(
      IncomingFile file, Arrival arrival, Reason reason, Instant receivedAt) {
    StoredPath place = StoredPath.inQuarantine(file.fileDigest());
    boolean there = Files.exists(folder.resolve(place));
    try {
      leavings.note(place);
      folder.moveInto(file.path(), place);
    } catch (IOException e) {
      throw new StorageFailure("the quarantine can't take a file", e);
    }
    try {
      transaction.commit(
          () -> {
            insert(file, place, arrival, reason, receivedAt);
            return act(file, arrival, reason);
          });
    } catch (CommitUncertain e) {
      throw e;
    } catch (RuntimeException e) {
      if (!there) {
        leavings.remove(place);
      }
      throw e;
    }
    leavings.settled(place);
    return place;
  }

  private void insert(
      IncomingFile file, StoredPath place, Arrival arrival, Reason reason, Instant receivedAt) {
    jdbc.sql(
            """
            insert into quarantine (id, received_at, calling_ae_title, remote_address, reason,
              detail, claimed_sop_instance_uid, claimed_sop_class_uid, transfer_syntax_uid,
              size_bytes, stored_path, digest)
            values (gen_random_uuid(), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(receivedAt.atOffset(ZoneOffset.UTC))
        .param(arrival.callingAeTitle())
        .param(arrival.remoteAddress())
        .param(reason.reason())
        .param(reason.detail())
        .param(arrival.sopInstanceUid())
        .param(arrival.sopClassUid())
        .param(arrival.transferSyntaxUid())
        .param(file.size())
        .param(place.relative())
        .param(file.fileDigest())
        .update();
  }

  private static AuditAct act(IncomingFile file, Arrival arrival, Reason reason) {
    return new AuditAct(
        reason.action(),
        Outcome.REFUSED,
        arrival.actor(),
        null,
        arrival.sopInstanceUid(),
        Map.of(
            "reason", reason.reason(),
            "detail", reason.detail(),
            "fileDigest", file.fileDigest(),
            "dataSetDigest", file.dataSetDigest(),
            "sizeBytes", Long.toString(file.size()),
            "remoteAddress", arrival.remoteAddress()));
  }

  /** Whether a row tells why the file is here. */
  boolean refersTo(StoredPath path) {
    return jdbc.sql("select exists (select from quarantine where stored_path = ?)")
        .param(path.relative())
        .query(Boolean.class)
        .single();
  }
}
