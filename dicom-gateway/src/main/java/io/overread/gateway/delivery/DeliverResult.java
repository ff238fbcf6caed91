package io.overread.gateway.delivery;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The durable task of a delivery, one row each, named by its id. When the next step is due is
 * written in the delivery's own row, which is locked by whoever changes it, so that no wake-up is
 * lost.
 *
 * <p>A step may take as long as a peer lets it, and there are few threads for tasks, which drafts
 * need too. So the task hands the step to another thread, puts the next one off by more than the
 * step can take, and ends. The step makes the task due again when it is over; after a crash that
 * comes about by itself.
 */
final class DeliverResult implements AutoCloseable {

  static final TaskDescriptor<Void> TASK = TaskDescriptor.of("deliver-result");

  /** Longer than connecting, waiting and sending may take together, whoever else waits. */
  private static final Duration LONGEST_STEP = Duration.ofMinutes(10);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

  private final DeliveryLedger ledger;
  private final DeliveryStep step;
  private final TransactionTemplate transaction;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("delivery-", 0).factory());
  private final Clock clock;

  DeliverResult(
      DeliveryLedger ledger, DeliveryStep step, TransactionTemplate transaction, Clock clock) {
    this.ledger = ledger;
    this.step = step;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Makes a delivery's next step due; belongs to the transaction that says when it is. */
  static void wake(UUID id, Instant at, SchedulerClient scheduler) {
    try {
      scheduler.schedule(
          TASK.instance(id.toString()).build(), at, ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
    } catch (TaskInstanceCurrentlyExecutingException e) {
      // It looks at the delivery's row once more before it ends, and waits for our lock there.
    } catch (ExecutionException e) {
      // It was picked between db-scheduler's look and its update: the same as above.
    }
  }

  Task<Void> task() {
    return Tasks.custom(TASK)
        .onFailure((complete, execution) -> execution.reschedule(complete, soon()))
        .onDeadExecution((complete, execution) -> execution.reschedule(complete, clock.instant()))
        .execute(
            (instance, context) -> {
              UUID id = UUID.fromString(instance.getId());
              Instant until = clock.instant().plus(LONGEST_STEP);
              Objects.requireNonNull(transaction.execute(status -> ledger.begin(id, until)))
                  .ifPresent(
                      delivery ->
                          threads.execute(() -> step.take(delivery, context.getSchedulerClient())));
              return lookOnceMore(id);
            });
  }

  private CompletionHandler<Void> lookOnceMore(UUID id) {
    return (complete, execution) ->
        transaction.executeWithoutResult(
            status ->
                ledger
                    .nextStep(id)
                    .ifPresentOrElse(
                        next -> execution.reschedule(complete, next), execution::remove));
  }

  /** Ends the steps that are under way; their deliveries are due again after the next start. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private Instant soon() {
    return clock.instant().plus(AFTER_FAILURE);
  }
}
