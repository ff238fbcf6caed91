package io.overread.gateway.association;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.overread.db.TestDatabase;
import io.overread.dicom.net.Association;
import io.overread.dicom.net.DimseStatus;
import io.overread.gateway.DataSetBytes;
import io.overread.gateway.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code kill -9} at random moments, again and again, while peers send. For a long run set {@code
 * -Dkills=20 -Dinstances=5000}.
 */
class KilledGatewayIT {

  private static final int KILLS = Integer.getInteger("kills", 5);

  /** To be acknowledged in all. */
  private static final int INSTANCES = Integer.getInteger("instances", 50);

  private static final int PEERS = 3;

  @TempDir Path home;

  /** SOP Instance UID to the digest of the data set, of all that was answered with Success. */
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

  private final AtomicInteger numbers = new AtomicInteger();

  @Test
  void no_acknowledged_instance_and_no_due_work_is_lost() throws Exception {
    Random random = new Random(20261101);
    try (TestDatabase database = TestDatabase.create()) {
      JdbcClient rows = JdbcClient.create(database.ownerDataSource());
      GatewayProcess.createTable(rows);
      for (int kill = 0; kill < KILLS; kill++) {
        sendUntilKilled(database, rows, 200 + random.nextInt(1200));
      }

      assertThat(acknowledged).as("what was at stake").hasSizeGreaterThanOrEqualTo(INSTANCES);

      Process last = GatewayProcess.start(database, home, List.of());
      try {
        GatewayProcess.portOf(last);
        await().atMost(20, SECONDS).untilAsserted(() -> assertAllAcknowledgedIsKept(rows));
        // Executions that died with their process are found by their missing heartbeats.
        await()
            .atMost(60, SECONDS)
            .until(() -> count(rows, "instance where study_revision is null") == 0);
        assertAllAcknowledgedIsKept(rows);
        assertEachRevisionWasFollowedOnce(rows);
        await().atMost(20, SECONDS).untilAsserted(() -> assertNothingElseLiesAround(rows));
      } finally {
        last.destroyForcibly().waitFor();
      }
    }
  }

  private void sendUntilKilled(TestDatabase database, JdbcClient rows, int milliseconds)
      throws Exception {
    Process gateway = GatewayProcess.start(database, home, List.of());
    int port = GatewayProcess.portOf(gateway);
    if (!acknowledged.isEmpty()) {
      // What the last one could not enter any more, this one has to before long.
      await().atMost(20, SECONDS).untilAsserted(() -> assertAllAcknowledgedIsKept(rows));
    }
    int before = acknowledged.size();
    List<Future<?>> sending = new ArrayList<>();
    try (ExecutorService peers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int peer = 0; peer < PEERS; peer++) {
        int study = 1 + peer % 2;
        sending.add(peers.submit(() -> sendWhileItLives(port, study)));
      }
      await().atMost(120, SECONDS).until(() -> acknowledged.size() > before + INSTANCES / KILLS);
      Thread.sleep(milliseconds);
      gateway.destroyForcibly().waitFor();
      for (Future<?> one : sending) {
        one.get();
      }
    }
  }

  private void sendWhileItLives(int port, int study) {
    try (Association association = TestPeer.associate(port, "OVERREAD")) {
      while (true) {
        Sample sample = Sample.of(study, numbers.incrementAndGet());
        if (TestPeer.store(association, sample).equals(DimseStatus.SUCCESS)) {
          acknowledged.put(sample.sopInstanceUid(), Sample.sha256(sample.bytes()));
        }
        // Now and then long enough for the study to fall quiet.
        Thread.sleep(sample.sopInstanceUid().hashCode() % 10 == 0 ? 400 : 5);
      }
    } catch (IOException e) {
      // The gateway was killed, as planned.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void assertAllAcknowledgedIsKept(JdbcClient rows) {
    assertThat(acknowledged).isNotEmpty();
    Map<String, String> stored =
        rows
            .sql("select sop_instance_uid, stored_path from instance")
            .query((row, number) -> Map.entry(row.getString(1), digestOf(row.getString(2))))
            .list()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(stored).containsAllEntriesOf(acknowledged);
    List<String> audited =
        rows.sql("select subject from audit_entry where action = 'INSTANCE_STORED'")
            .query(String.class)
            .list();
    assertThat(audited).containsAll(acknowledged.keySet()).doesNotHaveDuplicates();
    assertThat(
            count(
                rows,
                "instance i where study_revision is null and not exists (select from"
                    + " scheduled_tasks t where t.task_name = 'close-study'"
                    + " and t.task_instance = i.study_instance_uid)"))
        .as("instances that no task will close")
        .isZero();
  }

  private static void assertEachRevisionWasFollowedOnce(JdbcClient rows) {
    assertThat(count(rows, "study where state = 'COMPLETE'")).isEqualTo(2);
    int revisions = rows.sql("select sum(revision) from study").query(Integer.class).single();
    assertThat(count(rows, "followed")).isEqualTo(revisions);
    assertThat(count(rows, "audit_entry where action = 'STUDY_COMPLETED'")).isEqualTo(revisions);
  }

  private void assertNothingElseLiesAround(JdbcClient rows) throws IOException {
    List<String> stored = rows.sql("select stored_path from instance").query(String.class).list();
    try (Stream<Path> files = Files.walk(home)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> home.relativize(file).toString()))
          .filteredOn(file -> !file.equals("store/lock"))
          .containsExactlyInAnyOrderElementsOf(stored);
    }
  }

  private String digestOf(String storedPath) {
    try {
      return Sample.sha256(DataSetBytes.of(home.resolve(storedPath)));
    } catch (UncheckedIOException e) {
      return "no file";
    }
  }

  private static int count(JdbcClient rows, String what) {
    return rows.sql("select count(*) from " + what).query(Integer.class).single();
  }
}
