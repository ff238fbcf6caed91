package io.overread.gateway.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.Sample;
import io.overread.gateway.TestGateway;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelStoreIT {

  private static final int PEERS = 24;

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

  @RepeatedTest(3)
  void the_same_instance_from_many_peers_at_once_is_stored_once_and_acknowledged_to_all()
      throws Exception {
    List<StoreOutcome> outcomes = storeAtOnce(peer -> Sample.of(7, 1));

    assertThat(outcomes).filteredOn(StoreOutcome.Stored.class::isInstance).hasSize(1);
    assertThat(outcomes)
        .filteredOn(StoreOutcome.AlreadyStored.class::isInstance)
        .hasSize(PEERS - 1);
    assertThat(gateway.count("instance")).isEqualTo(1);
    assertThat(gateway.files()).hasSize(1);
  }

  @Test
  void of_different_objects_under_one_uid_the_first_wins_and_the_others_are_told()
      throws Exception {
    List<StoreOutcome> outcomes =
        storeAtOnce(peer -> Sample.of(7, 1).with(Tag.StudyDescription, "Variant " + peer));

    assertThat(outcomes).filteredOn(StoreOutcome.Stored.class::isInstance).hasSize(1);
    assertThat(outcomes)
        .filteredOn(StoreOutcome.DifferentObject.class::isInstance)
        .hasSize(PEERS - 1);
    assertThat(gateway.count("quarantine")).isEqualTo(PEERS - 1);
    assertThat(gateway.files()).hasSize(PEERS);
  }

  @Test
  void a_study_spread_over_many_associations_is_one_study() throws Exception {
    List<StoreOutcome> outcomes = storeAtOnce(peer -> Sample.of(7, peer));

    assertThat(outcomes).allMatch(StoreOutcome.Stored.class::isInstance);
    assertThat(gateway.count("study")).isEqualTo(1);
    assertThat(gateway.count("series")).isEqualTo(1);
    assertThat(gateway.count("instance")).isEqualTo(PEERS);
    assertThat(gateway.count("scheduled_tasks")).isEqualTo(1);
    assertThat(gateway.audited()).hasSize(PEERS);
  }

  private List<StoreOutcome> storeAtOnce(IntFunction<Sample> ofPeer)
      throws InterruptedException, ExecutionException {
    try (ExecutorService peers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<StoreOutcome>> calls =
          IntStream.range(0, PEERS)
              .mapToObj(ofPeer)
              .<Callable<StoreOutcome>>map(
                  sample -> () -> gateway.store.receive(sample.arrival(), sample.stream()))
              .toList();
      List<Future<StoreOutcome>> futures = peers.invokeAll(calls);
      List<StoreOutcome> outcomes = new java.util.ArrayList<>();
      for (Future<StoreOutcome> future : futures) {
        outcomes.add(future.get());
      }
      return outcomes;
    }
  }
}
