package io.overread.gateway.study;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.overread.db.TestDatabase;
import io.overread.gateway.Sample;
import io.overread.gateway.SpringGateway;
import io.overread.gateway.instance.InstanceStore;
import io.overread.gateway.instance.StoreOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Arrivals and closings of the same studies, as close to each other as can be. */
class CloseUnderLoadIT {

  private static final int PEERS = 4;
  private static final int STUDIES = 3;
  private static final int INSTANCES = 40;

  @TempDir Path home;

  @Test
  void no_instance_is_left_out_of_a_revision_however_arrivals_and_closings_fall() throws Exception {
    List<CompleteStudy> completed = new CopyOnWriteArrayList<>();
    try (TestDatabase database = TestDatabase.create();
        SpringGateway gateway =
            new SpringGateway(
                database.serviceDataSource(),
                completed::add,
                Map.of(
                    "overread.home", home.toString(),
                    "overread.dicom-port", "0",
                    "overread.study-quiet-seconds", "25ms",
                    "overread.storage.free-space-floor", "0B"))) {
      InstanceStore store = gateway.bean(InstanceStore.class);
      sendFromAllPeers(store);
      assertThat(store.awaitRows(Duration.ofSeconds(30))).isTrue();

      JdbcClient rows = JdbcClient.create(database.ownerDataSource());
      await()
          .atMost(30, SECONDS)
          .until(
              () ->
                  count(rows, "instance where study_revision is null") == 0
                      && count(rows, "scheduled_tasks") == 0);
      assertThat(count(rows, "study where state = 'COMPLETE'")).isEqualTo(STUDIES);
      assertThat(count(rows, "instance")).isEqualTo(PEERS * INSTANCES);
      int revisions = rows.sql("select sum(revision) from study").query(Integer.class).single();
      assertThat(revisions).as("closings fell between arrivals").isGreaterThan(STUDIES);
      assertThat(completed).hasSize(revisions);
      assertThat(count(rows, "audit_entry where action = 'STUDY_COMPLETED'")).isEqualTo(revisions);
    }
  }

  private static void sendFromAllPeers(InstanceStore store) throws Exception {
    try (ExecutorService peers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> all = new ArrayList<>();
      for (int peer = 0; peer < PEERS; peer++) {
        all.add(peers.submit(sending(store, peer)));
      }
      for (Future<Void> one : all) {
        one.get();
      }
    }
  }

  private static Callable<Void> sending(InstanceStore store, int peer) {
    return () -> {
      Random random = new Random(peer);
      for (int number = 0; number < INSTANCES; number++) {
        Sample sample = Sample.of(1 + random.nextInt(STUDIES), 1000 * peer + number);
        assertThat(store.receive(sample.arrival(), sample.stream()))
            .isInstanceOf(StoreOutcome.Stored.class);
        Thread.sleep(random.nextInt(60));
      }
      return null;
    };
  }

  private static int count(JdbcClient rows, String what) {
    return rows.sql("select count(*) from " + what).query(Integer.class).single();
  }
}
