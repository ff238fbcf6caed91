package io.overread.gateway.instance;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes the files of instances whose rows stay: first the rows are marked, and when that is
 * committed the files go. So no row that isn't marked has lost its file to us, and a file that a
 * crash left is found by its row.
 */
public final class DeletedFiles {

  private static final Logger LOG = LoggerFactory.getLogger(DeletedFiles.class);
  private static final int BATCH = 500;

  private final JdbcClient jdbc;
  private final StoreSpace space;
  private final TransactionTemplate transaction;

  /** Over the rows and the files of one store. */
  public DeletedFiles(DataSource dataSource, StoreSpace space, TransactionTemplate transaction) {
    this.jdbc = JdbcClient.create(dataSource);
    this.space = space;
    this.transaction = transaction;
  }

  /**
   * What was marked.
   *
   * @param bytes of their files
   */
  public record Marked(int instances, long bytes) {}

  /**
   * Marks what peers sent of a study, in the present transaction, whose caller holds the study's
   * lock. Results of ours that came back belong to the report and stay.
   */
  public Marked mark(String studyInstanceUid, Instant at) {
    return jdbc.sql(
            """
            with marked as (
              update instance set images_deleted_at = ?, file_left = true
              where study_instance_uid = ? and images_deleted_at is null and not own_result
              returning size_bytes)
            select count(*), coalesce(sum(size_bytes), 0) from marked
            """)
        .param(at.atOffset(ZoneOffset.UTC))
        .param(studyInstanceUid)
        .query((row, number) -> new Marked(row.getInt(1), row.getLong(2)))
        .single();
  }

  /** Deletes the files of all that is marked; what can't be deleted now is left for the next. */
  public void delete() {
    Batch batch = new Batch("", false);
    do {
      String after = batch.last();
      batch = Objects.requireNonNull(transaction.execute(status -> delete(after)));
    } while (batch.more());
  }

  private record Batch(String last, boolean more) {}

  /** Their rows are locked, so nobody stores such an instance again meanwhile. */
  private Batch delete(String after) {
    List<Left> left =
        jdbc.sql(
                "select sop_instance_uid, file_digest from instance"
                    + " where file_left and sop_instance_uid > ? order by sop_instance_uid limit ?"
                    + " for update skip locked")
            .param(after)
            .param(BATCH)
            .query(Left.class)
            .list();
    List<String> gone = left.stream().filter(this::isDeleted).map(Left::sopInstanceUid).toList();
    jdbc.sql("update instance set file_left = false where sop_instance_uid = any (?)")
        .param(gone.toArray(String[]::new))
        .update();
    return left.isEmpty()
        ? new Batch(after, false)
        : new Batch(left.getLast().sopInstanceUid(), true);
  }

  private boolean isDeleted(Left file) {
    try {
      space.delete(StoredPath.inStore(file.fileDigest()));
      return true;
    } catch (IOException e) {
      LOG.warn("A file that retention has marked can't be deleted yet", e);
      return false;
    }
  }

  /** A row whose file may be there. */
  record Left(String sopInstanceUid, String fileDigest) {}
}
