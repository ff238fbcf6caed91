package io.overread.gateway.study;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Priority;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The durable task that looks whether a study is complete and closes it; one row per study, named
 * by its Study Instance UID, due when the study may be complete or its longest time is over.
 *
 * <p>No wake-up is lost: an arriving instance and the end of an execution both hold the lock on the
 * study's row. If the instance comes first, the end finds the study receiving and schedules itself
 * again; if it comes second, the row of the task is free and the instance schedules it. A crash
 * between leaves a row without heartbeats, which db-scheduler finds dead and which runs again.
 */
public final class CloseStudy {

  /** The task, whose instances are Study Instance UIDs. */
  public static final TaskDescriptor<Void> TASK = TaskDescriptor.of("close-study");

  private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
  private static final Duration LAST_RETRY = Duration.ofMinutes(5);

  private final StudyClosing closing;
  private final StudyCompleteness completeness;
  private final Clock clock;

  /** A task that closes studies by that judgement. */
  public CloseStudy(StudyClosing closing, StudyCompleteness completeness, Clock clock) {
    this.closing = closing;
    this.completeness = completeness;
    this.clock = clock;
  }

  /**
   * Makes the closing of a study due after an instance. Belongs to the transaction that holds the
   * study's lock and commits the instance.
   */
  public void wakeAfter(ArrivedInstance arrived, SchedulerClient scheduler) {
    wake(arrived.studyInstanceUid(), completeness.lookAfter(arrived), scheduler);
  }

  /** Makes the closing of a study due. Belongs to a transaction that holds the study's lock. */
  void wake(String studyInstanceUid, Instant at, SchedulerClient scheduler) {
    try {
      boolean due =
          scheduler.schedule(
              // Before any draft: a study that waits to be closed shows nothing to anybody.
              TASK.instance(studyInstanceUid).priority(Priority.HIGH).build(),
              at,
              ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
      if (!due) {
        // Its row goes under the study's lock only, which we hold.
        throw new IllegalStateException("the closing of study " + studyInstanceUid + " vanished");
      }
    } catch (TaskInstanceCurrentlyExecutingException e) {
      // The execution waits for our lock or is between its two transactions; it looks once more at
      // the study before it ends, and finds our instance.
    } catch (ExecutionException e) {
      // It was picked between db-scheduler's look and its update: the same as above.
    }
  }

  /** The task for db-scheduler. */
  public Task<Void> task() {
    return Tasks.custom(TASK)
        .onFailure(this::retry)
        .onDeadExecution((complete, execution) -> execution.reschedule(complete, now()))
        .execute(
            (instance, context) -> {
              closing.close(instance.getId(), completeness, now());
              return new LookOnceMore(instance.getId());
            });
  }

  private void retry(ExecutionComplete complete, ExecutionOperations<Void> execution) {
    int failures = Math.min(complete.getExecution().consecutiveFailures, 16);
    Duration delay = FIRST_RETRY.multipliedBy(1L << failures);
    execution.reschedule(
        complete, now().plus(delay.compareTo(LAST_RETRY) < 0 ? delay : LAST_RETRY));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** The end of an execution: due again while the study is receiving, else gone. */
  private final class LookOnceMore implements CompletionHandler<Void> {

    private final String studyInstanceUid;

    LookOnceMore(String studyInstanceUid) {
      this.studyInstanceUid = studyInstanceUid;
    }

    @Override
    public void complete(ExecutionComplete complete, ExecutionOperations<Void> execution) {
      closing.whileLocked(
          studyInstanceUid,
          completeness,
          now(),
          due ->
              due.ifPresentOrElse(next -> execution.reschedule(complete, next), execution::remove));
    }
  }
}
