package io.overread.gateway.instance;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.overread.db.TestDatabase;
import io.overread.gateway.Sample;
import io.overread.gateway.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the disk or the database fails, nothing is acknowledged and nothing is left. */
class StoreFailureIT {

  private static final Sample SAMPLE = Sample.of(7, 1);

  @TempDir Path home;
  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = new TestGateway(home, study -> {});
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"study", "series", "instance", "scheduled_tasks", "audit_entry"})
  void a_table_that_can_not_be_written_leaves_neither_file_nor_row(String table)
      throws IOException {
    owner("revoke insert on " + table + " from overread_service");

    assertThat(store()).isInstanceOf(StoreOutcome.OutOfResources.class);

    assertThat(gateway.files()).isEmpty();
    assertNoRows();
    owner("grant insert on " + table + " to overread_service");
    assertThat(store()).isInstanceOf(StoreOutcome.Stored.class);
  }

  @Test
  void a_refusal_for_want_of_resources_is_audited_where_the_database_still_can()
      throws IOException {
    owner("revoke insert on instance from overread_service");

    store();

    assertThat(gateway.audited()).containsExactly("INSTANCE_REFUSED");
    assertThat(gateway.entries().getFirst().outcome()).isEqualTo("FAILED");
  }

  @Test
  void without_a_database_nothing_is_acknowledged_and_nothing_left() throws IOException {
    ((HikariDataSource) gateway.database.serviceDataSource()).close();

    assertThat(store()).isInstanceOf(StoreOutcome.OutOfResources.class);

    assertThat(gateway.files()).isEmpty();
    assertNoRows();
  }

  @Test
  void malformed_objects_are_not_kept_without_their_row() throws IOException {
    owner("revoke insert on quarantine from overread_service");
    Sample malformed = SAMPLE.without(io.overread.dicom.dictionary.Tag.StudyInstanceUID);

    assertThat(gateway.store.receive(SAMPLE.arrival(), malformed.stream()))
        .isInstanceOf(StoreOutcome.OutOfResources.class);

    assertThat(gateway.files()).isEmpty();
  }

  @Test
  void after_a_commit_of_unknown_fate_the_file_waits_for_the_same_instance() throws IOException {
    failCommits();
    assertThat(store()).isInstanceOf(StoreOutcome.OutOfResources.class);
    assertThat(gateway.files()).hasSize(2);
    assertNoRows();

    owner("drop trigger no_commit on instance");

    assertThat(store()).isInstanceOf(StoreOutcome.Stored.class);
    assertThat(gateway.files()).hasSize(1);
  }

  @Test
  void after_a_commit_of_unknown_fate_the_next_start_removes_what_has_no_row() throws IOException {
    failCommits();
    store();
    gateway.folder.close();

    TestGateway next = new TestGateway(TestDatabase.create(), home, study -> {}, 0);

    assertThat(next.files()).isEmpty();
    next.close();
  }

  @Test
  void the_next_start_removes_parts_and_keeps_what_was_committed() throws IOException {
    store();
    StoredInstance stored = gateway.instances.find(SAMPLE.sopInstanceUid()).orElseThrow();
    Files.writeString(gateway.folder.incoming().resolve("4711.part"), "half an instance");
    // A crash after the commit, before the note was taken away.
    new Leavings(gateway.folder).note(StoredPath.inStore(stored.file().fileDigest()));
    gateway.folder.close();

    TestGateway next = new TestGateway(gateway.database, home, study -> {}, 0);

    assertThat(next.files())
        .containsExactly(home.toRealPath().relativize(stored.path()).toString());
    next.folder.close();
  }

  @Test
  void below_the_floor_of_free_space_instances_are_refused_before_they_are_read()
      throws IOException {
    gateway.folder.close();
    TestGateway full = new TestGateway(gateway.database, home, study -> {}, Long.MAX_VALUE);

    StoreOutcome outcome =
        full.store.receive(
            SAMPLE.arrival(),
            new java.io.InputStream() {
              @Override
              public int read() {
                throw new AssertionError("it was read");
              }
            });

    assertThat(outcome).isEqualTo(new StoreOutcome.OutOfResources("free space is below the floor"));
    assertThat(full.files()).isEmpty();
    assertThat(full.audited()).containsExactly("INSTANCE_REFUSED");
    full.folder.close();
  }

  @Test
  void a_disk_on_which_no_file_can_be_created_is_out_of_resources() throws IOException {
    Files.delete(gateway.folder.incoming());

    assertThat(store()).isInstanceOf(StoreOutcome.OutOfResources.class);

    assertNoRows();
  }

  @Test
  void a_place_that_can_not_be_moved_to_is_out_of_resources() throws IOException {
    for (int shelf = 0; shelf < 256; shelf++) {
      Files.createFile(home.resolve("store").resolve(String.format("%02x", shelf)));
    }

    assertThat(store()).isInstanceOf(StoreOutcome.OutOfResources.class);

    assertNoRows();
    assertThat(gateway.files()).hasSize(256);
  }

  @Test
  void a_second_gateway_can_not_open_the_folder_of_a_running_one() {
    org.assertj.core.api.Assertions.assertThatIllegalStateException()
        .isThrownBy(() -> DataFolder.open(home))
        .withMessageContaining("another gateway");
  }

  /** The transaction's work succeeds, its commit does not. */
  private void failCommits() {
    owner(
        "create function refuse() returns trigger language plpgsql as"
            + " $$ begin raise exception 'no commit'; end $$");
    owner(
        "create constraint trigger no_commit after insert on instance"
            + " deferrable initially deferred for each row execute function refuse()");
  }

  private StoreOutcome store() throws IOException {
    return gateway.store.receive(SAMPLE.arrival(), SAMPLE.stream());
  }

  private void owner(String sql) {
    gateway.rows().sql(sql).update();
  }

  private void assertNoRows() {
    for (String table : new String[] {"study", "series", "instance", "scheduled_tasks"}) {
      assertThat(gateway.count(table)).as(table).isZero();
    }
  }
}
