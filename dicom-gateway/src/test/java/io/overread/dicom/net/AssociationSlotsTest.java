package io.overread.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class AssociationSlotsTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final PeerLimit CT = new PeerLimit("CT", 2);
  private static final PeerLimit MR = new PeerLimit("MR", 2);

  @Test
  void there_are_as_many_as_the_limit_says_in_all_and_for_each_peer() {
    AssociationSlots slots = new AssociationSlots(AssociationLimits.of(3));

    assertThat(slots.acquire(CT)).isTrue();
    assertThat(slots.acquire(CT)).isTrue();
    assertThat(slots.acquire(CT)).as("its own limit").isFalse();
    assertThat(slots.acquire(MR)).isTrue();
    assertThat(slots.acquire(MR)).as("the limit of all").isFalse();
    slots.release(CT);
    assertThat(slots.acquire(MR)).isTrue();
  }

  @Test
  void those_beyond_wait_their_turn_and_a_peer_at_its_limit_holds_up_no_other() {
    AssociationSlots slots = new AssociationSlots(new AssociationLimits(3, 6, LONG));
    List<String> admitted = new CopyOnWriteArrayList<>();
    slots.acquire(CT);
    slots.acquire(CT);
    slots.acquire(MR);
    for (PeerLimit peer : List.of(CT, MR, MR)) {
      Thread thread =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    if (slots.acquire(peer)) {
                      admitted.add(peer.peer());
                    }
                  });
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> thread.getState() == Thread.State.TIMED_WAITING);
      assertThat(admitted).isEmpty();
    }

    slots.release(MR);
    await().atMost(Duration.ofSeconds(10)).until(() -> admitted.equals(List.of("MR")));
    slots.release(CT);
    await().atMost(Duration.ofSeconds(10)).until(() -> admitted.equals(List.of("MR", "CT")));
    slots.release(CT);
    await().atMost(Duration.ofSeconds(10)).until(() -> admitted.equals(List.of("MR", "CT", "MR")));
  }

  @Test
  void one_peer_takes_no_more_than_half_of_the_queue_and_waits_no_longer_than_it_may() {
    AssociationSlots slots =
        new AssociationSlots(new AssociationLimits(2, 2, Duration.ofMillis(300)));
    slots.acquire(CT);
    slots.acquire(CT);

    CompletableFuture<Boolean> waits = CompletableFuture.supplyAsync(() -> slots.acquire(CT));
    CompletableFuture<Boolean> tooMany = CompletableFuture.supplyAsync(() -> slots.acquire(CT));

    assertThat(waits).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(false);
    assertThat(tooMany).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(false);
    slots.release(CT);
    assertThat(slots.acquire(CT)).as("those that gave up hold nothing").isTrue();
  }

  @Test
  void closing_turns_away_those_that_wait_and_those_that_come() {
    AssociationSlots slots = new AssociationSlots(new AssociationLimits(1, 4, LONG));
    slots.acquire(CT);
    CompletableFuture<Boolean> waits = CompletableFuture.supplyAsync(() -> slots.acquire(MR));

    slots.close();

    assertThat(waits).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(false);
    slots.release(CT);
    assertThat(slots.acquire(CT)).isFalse();
  }
}
