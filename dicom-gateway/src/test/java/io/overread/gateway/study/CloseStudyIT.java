package io.overread.gateway.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.gateway.Sample;
import io.overread.gateway.TestGateway;
import io.overread.gateway.instance.StoreOutcome;
import io.overread.gateway.instance.StoredInstance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloseStudyIT {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path home;
  private TestGateway gateway;
  private final List<CompleteStudy> completed = new ArrayList<>();
  private final AtomicInteger failuresLeft = new AtomicInteger();

  @BeforeEach
  void start() {
    gateway =
        new TestGateway(
            home,
            study -> {
              if (failuresLeft.getAndDecrement() > 0) {
                throw new IllegalStateException("what follows can't be scheduled");
              }
              completed.add(study);
            });
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void a_study_is_complete_once_it_was_quiet_for_the_set_time() throws IOException {
    store(7, 1);
    gateway.advance(TestGateway.QUIET.minus(SECOND));
    assertThat(progress().state()).isEqualTo(StudyState.RECEIVING);
    assertThat(progress().revision()).isZero();

    gateway.advance(SECOND);

    assertThat(progress().state()).isEqualTo(StudyState.COMPLETE);
    assertThat(progress().revision()).isEqualTo(1);
    assertThat(progress().completedAt()).isEqualTo(gateway.clock.instant());
    assertThat(completed)
        .containsExactly(
            new CompleteStudy(
                "2.25.7",
                1,
                new CompleteStudy.Contents(1, 1),
                Completeness.COMPLETE,
                "quiet for 60 s",
                gateway.clock.instant()));
    assertThat(gateway.audited()).containsExactly("INSTANCE_STORED", "STUDY_COMPLETED");
    assertThat(gateway.count("scheduled_tasks")).isZero();
  }

  @Test
  void each_arrival_puts_the_completion_off() throws IOException {
    for (int number = 1; number <= 5; number++) {
      store(7, number);
      gateway.advance(TestGateway.QUIET.minus(SECOND));
      assertThat(completed).isEmpty();
    }

    gateway.advance(SECOND);

    assertThat(completed).singleElement().extracting(CompleteStudy::instanceCount).isEqualTo(5);
    assertThat(gateway.audited()).filteredOn("STUDY_COMPLETED"::equals).hasSize(1);
  }

  @Test
  void a_later_arrival_receives_the_study_again_and_makes_revision_two() throws IOException {
    store(7, 1);
    gateway.advance(TestGateway.QUIET);
    gateway.advance(Duration.ofDays(3));

    store(7, 2);
    assertThat(progress().state()).isEqualTo(StudyState.RECEIVING);
    assertThat(progress().completedAt()).isNull();
    assertThat(progress().revision()).isEqualTo(1);
    gateway.advance(TestGateway.QUIET);

    assertThat(progress().revision()).isEqualTo(2);
    assertThat(completed).extracting(CompleteStudy::revision).containsExactly(1, 2);
    assertThat(completed.getLast().instanceCount()).isEqualTo(2);
    assertThat(completed.getLast().contents().newInstanceCount()).isEqualTo(1);
    assertThat(gateway.instances.ofStudy("2.25.7"))
        .extracting(StoredInstance::reception)
        .extracting(StoredInstance.Reception::studyRevision)
        .containsExactly(1, 2);
  }

  @Test
  void what_follows_is_tried_again_until_it_can_be_scheduled_and_the_study_waits_for_it()
      throws IOException {
    failuresLeft.set(3);
    store(7, 1);

    gateway.advance(TestGateway.QUIET);
    assertThat(progress().state()).isEqualTo(StudyState.RECEIVING);
    assertThat(gateway.audited()).containsExactly("INSTANCE_STORED");
    for (int second = 0; second < 60 && completed.isEmpty(); second++) {
      gateway.advance(SECOND);
    }

    assertThat(completed).singleElement().extracting(CompleteStudy::revision).isEqualTo(1);
    assertThat(progress().state()).isEqualTo(StudyState.COMPLETE);
    assertThat(gateway.count("scheduled_tasks")).isZero();
  }

  @Test
  void an_instance_that_comes_while_the_study_is_being_closed_is_not_forgotten()
      throws IOException {
    store(7, 1);
    // Between the commit that closes the study and the end of the task's execution.
    gateway.changes.subscribe(
        uid -> {
          if (completed.size() == 1 && gateway.count("instance") == 1) {
            storeUnchecked(7, 2);
          }
        });

    gateway.advance(TestGateway.QUIET);

    assertThat(progress().state()).isEqualTo(StudyState.RECEIVING);
    assertThat(gateway.count("scheduled_tasks where not picked")).isEqualTo(1);
    gateway.advance(TestGateway.QUIET);
    assertThat(completed).extracting(CompleteStudy::revision).containsExactly(1, 2);
    assertThat(gateway.count("scheduled_tasks")).isZero();
  }

  @Test
  void a_closing_that_died_with_its_process_is_run_again() throws IOException {
    store(7, 1);
    pickAsProcessThatDied();

    gateway.clock.advance(Duration.ofHours(1));
    gateway.scheduler.runDeadExecutionDetection();
    gateway.advance(SECOND);

    assertThat(completed).singleElement().extracting(CompleteStudy::revision).isEqualTo(1);
  }

  @Test
  void an_instance_that_comes_while_a_dead_closing_holds_the_task_is_stored_and_closed()
      throws IOException {
    store(7, 1);
    pickAsProcessThatDied();

    gateway.clock.advance(Duration.ofHours(1));
    assertThat(store(7, 2)).isInstanceOf(StoreOutcome.Stored.class);
    gateway.scheduler.runDeadExecutionDetection();
    gateway.advance(SECOND);
    assertThat(completed).isEmpty();
    gateway.advance(TestGateway.QUIET);

    assertThat(completed).singleElement().extracting(CompleteStudy::instanceCount).isEqualTo(2);
  }

  @Test
  void studies_close_each_in_its_own_time() throws IOException {
    store(7, 1);
    gateway.advance(SECOND);
    store(8, 1);

    gateway.advance(TestGateway.QUIET.minus(SECOND));
    assertThat(completed).extracting(CompleteStudy::studyInstanceUid).containsExactly("2.25.7");
    gateway.advance(SECOND);

    assertThat(completed)
        .extracting(CompleteStudy::studyInstanceUid)
        .containsExactly("2.25.7", "2.25.8");
  }

  @Test
  void a_study_whose_next_step_never_can_be_scheduled_holds_up_no_other() throws IOException {
    gateway.close();
    gateway =
        new TestGateway(
            home,
            study -> {
              if (study.studyInstanceUid().equals("2.25.7")) {
                throw new IllegalStateException("what follows can't be scheduled, ever");
              }
              completed.add(study);
            });
    store(7, 1);
    store(8, 1);
    store(9, 1);

    gateway.advance(TestGateway.QUIET);
    gateway.advance(Duration.ofHours(1));

    assertThat(completed)
        .extracting(CompleteStudy::studyInstanceUid)
        .containsExactlyInAnyOrder("2.25.8", "2.25.9");
    assertThat(progress().state()).isEqualTo(StudyState.RECEIVING);
    assertThat(gateway.count("scheduled_tasks where task_instance = '2.25.7'")).isEqualTo(1);
  }

  private void pickAsProcessThatDied() {
    int picked =
        gateway
            .rows()
            .sql(
                "update scheduled_tasks set picked = true, picked_by = 'gone',"
                    + " last_heartbeat = execution_time, version = version + 1")
            .update();
    assertThat(picked).isEqualTo(1);
  }

  private StoreOutcome store(int study, int number) throws IOException {
    Sample sample = Sample.of(study, number);
    return gateway.store.receive(sample.arrival(), sample.stream());
  }

  private void storeUnchecked(int study, int number) {
    try {
      store(study, number);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Study.Progress progress() {
    return gateway.ledger.find("2.25.7").orElseThrow().progress();
  }
}
