package io.overread.gateway.priors;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.overread.gateway.peer.BackOff;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;

/**
 * The durable task that fetches a study's priors; one at a time, since it takes long and the drafts
 * share the threads.
 */
final class FetchPriors {

  /** The task, whose instances are Study Instance UIDs. */
  static final TaskDescriptor<Void> TASK = TaskDescriptor.of("fetch-priors");

  private static final Duration PATIENCE = Duration.ofDays(1);
  private static final Duration UNTIL_ITS_TURN = Duration.ofSeconds(5);

  private static final Duration FIRST_WAIT = BackOff.OF_PEERS.first();
  private static final Duration LONGEST_WAIT = BackOff.OF_PEERS.longest();

  private final SearchTable table;
  private final PriorFetching fetching;
  private final Semaphore turn = new Semaphore(1);

  FetchPriors(SearchTable table, PriorFetching fetching) {
    this.table = table;
    this.fetching = fetching;
  }

  Task<Void> task() {
    return Tasks.custom(TASK)
        .onFailure(this::retry)
        .onDeadExecution((complete, execution) -> execution.reschedule(complete, fetching.now()))
        .execute((instance, _) -> inTurn(instance.getId()));
  }

  private CompletionHandler<Void> inTurn(String studyInstanceUid) {
    if (!turn.tryAcquire()) {
      return (complete, execution) ->
          execution.reschedule(complete, fetching.now().plus(UNTIL_ITS_TURN));
    }
    try {
      return fetch(studyInstanceUid);
    } finally {
      turn.release();
    }
  }

  private CompletionHandler<Void> fetch(String studyInstanceUid) {
    SearchTable.Current study = table.due(studyInstanceUid).orElse(null);
    if (study == null) {
      return new CompletionHandler.OnCompleteRemove<>();
    }
    if (fetching.fetch(study)) {
      table.settle(studyInstanceUid, "DONE", null, fetching.now());
      return new CompletionHandler.OnCompleteRemove<>();
    }
    if (fetching.now().isAfter(study.requestedAt().plus(PATIENCE))) {
      table.settle(studyInstanceUid, "GIVEN_UP", "not all within a day", fetching.now());
      return new CompletionHandler.OnCompleteRemove<>();
    }
    // An archive that is away has been logged and audited; here it only has to be tried again.
    return (complete, execution) ->
        execution.reschedule(complete, fetching.now().plus(delay(study.requestedAt())));
  }

  /** As long as it has been waited already: twice as long each time. */
  private Duration delay(Instant requestedAt) {
    Duration waited = Duration.between(requestedAt, fetching.now());
    Duration atLeast = waited.compareTo(FIRST_WAIT) > 0 ? waited : FIRST_WAIT;
    return atLeast.compareTo(LONGEST_WAIT) < 0 ? atLeast : LONGEST_WAIT;
  }

  private void retry(ExecutionComplete complete, ExecutionOperations<Void> execution) {
    int failures = complete.getExecution().consecutiveFailures + 1;
    execution.reschedule(complete, fetching.now().plus(BackOff.OF_PEERS.after(failures)));
  }
}
