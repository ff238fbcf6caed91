package io.overread.gateway.instance;

import io.overread.gateway.instance.StoredInstance.ImageHeader;
import io.overread.gateway.instance.StoredInstance.Reception;
import io.overread.gateway.instance.StoredInstance.StoredFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The instances that are stored, each with the path of its file. */
public final class StoredInstances {

  private static final String SELECT =
      "select i.* from instance i join series r using (study_instance_uid, series_instance_uid)";

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;
  private final DataFolder folder;

  /** The instances of a database and the data folder that belongs to it. */
  public StoredInstances(DataSource dataSource, DataFolder folder) {
    this.batches = new JdbcTemplate(dataSource);
    this.jdbc = JdbcClient.create(batches);
    this.folder = folder;
  }

  /** The instance with this SOP Instance UID. */
  public Optional<StoredInstance> find(String sopInstanceUid) {
    return jdbc.sql(SELECT + " where i.sop_instance_uid = ?")
        .param(sopInstanceUid)
        .query(this::instance)
        .optional();
  }

  /** Up to so many SOP Instance UIDs that come after one in the order of the database. */
  List<String> uidsAfter(String sopInstanceUid, int atMost) {
    return jdbc.sql(
            "select sop_instance_uid from instance where sop_instance_uid > ?"
                + " order by sop_instance_uid limit ?")
        .param(sopInstanceUid)
        .param(atMost)
        .query(String.class)
        .list();
  }

  /** All instances of a study, by Series Number, then by Instance Number. */
  public List<StoredInstance> ofStudy(String studyInstanceUid) {
    return jdbc.sql(
            SELECT
                + " where i.study_instance_uid = ? order by r.series_number nulls last,"
                + " i.series_instance_uid, i.instance_number nulls last, i.sop_instance_uid")
        .param(studyInstanceUid)
        .query(this::instance)
        .list();
  }

  /** The instances of a study that we made ourselves and that came back, by SOP Instance UID. */
  public Set<String> ownResultsOf(String studyInstanceUid) {
    return jdbc.sql(
            "select sop_instance_uid from instance where study_instance_uid = ? and own_result")
        .param(studyInstanceUid)
        .query(String.class)
        .set();
  }

  /**
   * When retention deleted the images of a study.
   *
   * @return empty while one of them that a peer sent is there
   */
  public Optional<Instant> deletedAt(String studyInstanceUid) {
    return jdbc.sql(
            "select max(images_deleted_at) as images_deleted_at from instance"
                + " where study_instance_uid = ? and not own_result"
                + " having bool_and(images_deleted_at is not null)")
        .param(studyInstanceUid)
        .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .optional();
  }

  /** The AE titles under which the images of a study came. */
  public Set<String> sendersOf(String studyInstanceUid) {
    return jdbc.sql(
            "select distinct calling_ae_title from instance"
                + " where study_instance_uid = ? and not own_result")
        .param(studyInstanceUid)
        .query(String.class)
        .set();
  }

  /** Notes that we made an instance ourselves, in the present transaction. */
  void markOwnResult(String sopInstanceUid) {
    jdbc.sql("update instance set own_result = true where sop_instance_uid = ?")
        .param(sopInstanceUid)
        .update();
  }

  /** Adds rows, in the present transaction. */
  void insert(List<StoredInstance> added) {
    batches.batchUpdate(
        """
        insert into instance (sop_instance_uid, study_instance_uid, series_instance_uid,
          sop_class_uid, transfer_syntax_uid, instance_number, number_of_frames, rows, columns,
          data_set_digest, file_digest, size_bytes, stored_path, calling_ae_title, received_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        added.stream().map(StoredInstances::columns).toList());
  }

  private static @Nullable Object[] columns(StoredInstance instance) {
    ImageHeader image = instance.image();
    StoredFile file = instance.file();
    return new @Nullable Object[] {
      instance.sopInstanceUid(),
      instance.studyInstanceUid(),
      instance.seriesInstanceUid(),
      image.sopClassUid(),
      image.transferSyntaxUid(),
      image.instanceNumber(),
      image.numberOfFrames(),
      image.rows(),
      image.columns(),
      file.dataSetDigest(),
      file.fileDigest(),
      file.sizeBytes(),
      StoredPath.inStore(file.fileDigest()).relative(),
      instance.reception().callingAeTitle(),
      instance.reception().receivedAt().atOffset(ZoneOffset.UTC)
    };
  }

  /**
   * Notes that the file of an instance, which retention had deleted, is here again; waits for
   * whoever is deleting it. Belongs to a transaction.
   */
  void restored(String sopInstanceUid, StoredFile file) {
    jdbc.sql(
            "update instance set images_deleted_at = null, file_left = false, file_digest = ?,"
                + " size_bytes = ?, stored_path = ? where sop_instance_uid = ?")
        .param(file.fileDigest())
        .param(file.sizeBytes())
        .param(StoredPath.inStore(file.fileDigest()).relative())
        .param(sopInstanceUid)
        .update();
  }

  /** Whether an instance has its bytes there. */
  boolean refersTo(StoredPath path) {
    return jdbc.sql(
            "select exists (select from instance where stored_path = ? and images_deleted_at is"
                + " null)")
        .param(path.relative())
        .query(Boolean.class)
        .single();
  }

  private StoredInstance instance(ResultSet row, int number) throws SQLException {
    String fileDigest = row.getString("file_digest");
    return new StoredInstance(
        row.getString("sop_instance_uid"),
        row.getString("series_instance_uid"),
        row.getString("study_instance_uid"),
        new ImageHeader(
            row.getString("sop_class_uid"),
            row.getString("transfer_syntax_uid"),
            integer(row, "instance_number"),
            row.getInt("number_of_frames"),
            integer(row, "rows"),
            integer(row, "columns")),
        new StoredFile(
            folder.resolve(StoredPath.inStore(fileDigest)),
            fileDigest,
            row.getString("data_set_digest"),
            row.getLong("size_bytes"),
            instant(row, "images_deleted_at")),
        new Reception(
            row.getString("calling_ae_title"),
            row.getObject("received_at", OffsetDateTime.class).toInstant(),
            integer(row, "study_revision")));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  private static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }
}
