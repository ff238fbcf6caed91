package io.overread.vlm.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<Urgency> order = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void end() {
    gate.countDown();
    threads.shutdownNow();
  }

  @Test
  void questions_come_before_drafts_before_what_may_wait() throws Exception {
    Schedule schedule = schedule(1, 8, 1_000);
    Future<?> first = held(schedule, Urgency.OFF_PEAK, 1);
    await(() -> schedule.running(Urgency.OFF_PEAK) == 1);
    List<Future<?>> later = new ArrayList<>();
    for (Urgency urgency :
        List.of(Urgency.OFF_PEAK, Urgency.NORMAL, Urgency.URGENT, Urgency.QUESTION)) {
      later.add(
          threads.submit(() -> schedule.run(urgency, 1, () -> false, () -> order.add(urgency))));
      await(() -> schedule.waiting(urgency) == 1);
    }
    gate.countDown();
    first.get();
    for (Future<?> each : later) {
      each.get();
    }
    assertThat(order)
        .containsExactly(Urgency.QUESTION, Urgency.URGENT, Urgency.NORMAL, Urgency.OFF_PEAK);
  }

  @Test
  void a_question_finds_a_place_though_drafts_have_all_that_they_may_have() throws Exception {
    Schedule schedule = schedule(4, 8, 1_000);
    for (int i = 0; i < 5; i++) {
      var unused = held(schedule, Urgency.NORMAL, 1);
    }
    await(() -> schedule.running(Urgency.NORMAL) == 3 && schedule.waiting(Urgency.NORMAL) == 2);
    assertThat(schedule.<String>run(Urgency.QUESTION, 1, () -> false, () -> "answered"))
        .isEqualTo("answered");
  }

  @Test
  void work_waits_for_memory_and_not_only_for_a_place() throws Exception {
    Schedule schedule = schedule(8, 8, 100);
    var unused = held(schedule, Urgency.QUESTION, 60);
    await(() -> schedule.running(Urgency.QUESTION) == 1);
    Future<?> large = held(schedule, Urgency.QUESTION, 60);
    await(() -> schedule.waiting(Urgency.QUESTION) == 1);
    assertThat(large.isDone()).isFalse();
    gate.countDown();
    large.get();
  }

  @Test
  void work_larger_than_the_memory_runs_alone_and_does_not_wait_for_ever() {
    assertThat(schedule(2, 0, 10).<Integer>run(Urgency.NORMAL, 1_000, () -> false, () -> 7))
        .isEqualTo(7);
  }

  @Test
  void a_full_queue_refuses_at_once_and_says_when_to_come_again() throws Exception {
    Schedule schedule = schedule(1, 1, 100);
    var first = held(schedule, Urgency.QUESTION, 1);
    await(() -> schedule.running(Urgency.QUESTION) == 1);
    schedule.requireRoom(Urgency.QUESTION);
    var second = held(schedule, Urgency.QUESTION, 1);
    await(() -> schedule.waiting(Urgency.QUESTION) == 1);
    assertThatThrownBy(() -> schedule.requireRoom(Urgency.QUESTION))
        .isInstanceOf(QueueFullException.class);
    assertThatThrownBy(() -> schedule.run(Urgency.QUESTION, 1, () -> false, () -> ""))
        .isInstanceOfSatisfying(
            QueueFullException.class,
            full ->
                assertThat(full.retryAfter())
                    .isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1)));
    gate.countDown();
    first.get();
    second.get();
  }

  @Test
  void a_question_that_waited_as_long_as_it_may_is_refused() throws Exception {
    Schedule schedule =
        new Schedule(new ScheduleSettings(1, 4, Duration.ofMillis(1), 100), ScheduleListener.NONE);
    var unused = held(schedule, Urgency.QUESTION, 1);
    await(() -> schedule.running(Urgency.QUESTION) == 1);
    assertThatThrownBy(() -> schedule.run(Urgency.QUESTION, 1, () -> false, () -> ""))
        .isInstanceOf(QueueFullException.class);
    assertThat(schedule.waiting(Urgency.QUESTION)).isZero();
  }

  @Test
  void work_that_is_called_off_while_it_waits_leaves_the_queue() throws Exception {
    Schedule schedule = schedule(1, 4, 100);
    var unused = held(schedule, Urgency.NORMAL, 1);
    await(() -> schedule.running(Urgency.NORMAL) == 1);
    AtomicBoolean off = new AtomicBoolean();
    Future<?> waiting =
        threads.submit(() -> schedule.run(Urgency.QUESTION, 1, off::get, () -> "never"));
    await(() -> schedule.waiting(Urgency.QUESTION) == 1);
    off.set(true);
    assertThatThrownBy(waiting::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(CancellationException.class);
    assertThat(schedule.waiting(Urgency.QUESTION)).isZero();
  }

  @Test
  void a_place_is_given_back_when_the_work_fails_and_the_wait_is_told() {
    List<Urgency> told = new ArrayList<>();
    Schedule schedule =
        new Schedule(
            new ScheduleSettings(1, 4, Duration.ofSeconds(1), 100),
            (urgency, waited) -> told.add(urgency));
    assertThatThrownBy(
            () ->
                schedule.run(
                    Urgency.URGENT,
                    1,
                    () -> false,
                    () -> {
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(schedule.running(Urgency.URGENT)).isZero();
    assertThat(told).containsExactly(Urgency.URGENT);
  }

  @Test
  void a_turn_goes_to_the_most_urgent_and_at_times_to_one_that_was_passed_by() throws Exception {
    Turns turns = new Turns();
    CompletableFuture<Void> holding = new CompletableFuture<>();
    var holder =
        threads.submit(
            () ->
                turns.run(
                    () -> {
                      holding.complete(null);
                      return awaited(gate);
                    }));
    holding.get();
    List<Future<?>> all = new ArrayList<>();
    all.add(turn(turns, Urgency.NORMAL));
    for (int i = 0; i < 40; i++) {
      all.add(turn(turns, Urgency.QUESTION));
    }
    await(() -> turns.waiting() == 41);
    gate.countDown();
    holder.get();
    for (Future<?> each : all) {
      each.get();
    }
    assertThat(order.indexOf(Urgency.NORMAL)).isEqualTo(16);
  }

  @Test
  void who_has_the_turn_has_it_again_inside() {
    Turns turns = new Turns();
    assertThat(turns.<Integer>run(() -> turns.run(() -> 3))).isEqualTo(3);
  }

  private Future<?> turn(Turns turns, Urgency urgency) {
    return threads.submit(() -> urgency.during(() -> turns.run(() -> order.add(urgency))));
  }

  private Future<?> held(Schedule schedule, Urgency urgency, long bytes) {
    return threads.submit(() -> schedule.run(urgency, bytes, () -> false, () -> awaited(gate)));
  }

  private static boolean awaited(CountDownLatch gate) {
    try {
      gate.await();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static Schedule schedule(int atOnce, int waiting, long bytes) {
    return new Schedule(
        new ScheduleSettings(atOnce, waiting, Duration.ofMinutes(1), bytes), ScheduleListener.NONE);
  }

  private static void await(java.util.function.BooleanSupplier reached)
      throws InterruptedException {
    while (!reached.getAsBoolean()) {
      Thread.sleep(1);
    }
  }
}
