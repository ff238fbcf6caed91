package io.overread.gateway.study;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The durable task that closes a study when it has been quiet for long enough; one row per study,
 * named by its Study Instance UID, due a quiet time after the last instance.
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
  private final Duration quiet;
  private final Clock clock;

  /** A task that closes studies after the given quiet time. */
  public CloseStudy(StudyClosing closing, Duration quiet, Clock clock) {
    this.closing = closing;
    this.quiet = quiet;
    this.clock = clock;
  }

  /**
   * Makes the closing of a study due a quiet time after an instance. Belongs to the transaction
   * that holds the study's lock and commits the instance.
   */
  public void wakeAfter(
      Instant lastInstanceAt, String studyInstanceUid, SchedulerClient scheduler) {
    try {
      boolean due =
          scheduler.schedule(
              TASK.instance(studyInstanceUid).build(),
              lastInstanceAt.plus(quiet),
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
              closing.close(instance.getId(), quiet, now());
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
          quiet,
          due ->
              due.ifPresentOrElse(next -> execution.reschedule(complete, next), execution::remove));
    }
  }
}
