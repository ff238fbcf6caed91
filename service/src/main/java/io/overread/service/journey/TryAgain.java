package io.overread.service.journey;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A draft that went wrong is tried three times, a little later each time, and then given up. */
final class TryAgain implements FailureHandler<Void> {
  private static final Logger LOG = LoggerFactory.getLogger(TryAgain.class);
  private static final int MOST_TRIES = 3;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);

  private final DraftStudy draftStudy;

  TryAgain(DraftStudy draftStudy) {
    this.draftStudy = draftStudy;
  }

  @Override
  public void onFailure(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    int failures = complete.getExecution().consecutiveFailures + 1;
    UUID analysis = UUID.fromString(complete.getExecution().taskInstance.getId());
    String cause =
        complete.getCause().map(e -> e.getClass().getSimpleName()).orElse("an unknown cause");
    LOG.warn(
        "analysis {} went wrong, try {} of {}",
        analysis,
        failures,
        MOST_TRIES,
        complete.getCause().orElse(null));
    if (failures >= MOST_TRIES) {
      draftStudy.giveUp(analysis, "The model run failed " + failures + " times: " + cause + ".");
      operations.stop();
      return;
    }
    operations.reschedule(
        complete, complete.getTimeDone().plus(FIRST_WAIT.multipliedBy(failures * (long) failures)));
  }
}
