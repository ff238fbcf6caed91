package io.overread.service.shadow;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.overread.gateway.triage.OffPeakHours;
import io.overread.reporting.review.ReportFollowUp;
import io.overread.reporting.review.ReportStatus;
import io.overread.service.model.Models;
import io.overread.service.shadow.Comparison.ModelName;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.model.ModelIdentity;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires shadow mode: a draft makes the comparison due, in its transaction and off-peak. */
@Configuration(proxyBeanMethods = false)
class ShadowConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowConfiguration.class);
  private static final String COMPARE_MODELS = "compare-models";
  private static final int MOST_TRIES = 3;
  private static final Duration WAIT = Duration.ofMinutes(5);

  /** Below every draft: db-scheduler takes the highest number first. */
  private static final int PRIORITY = 5;

  @Bean
  OneTimeTask<Void> compareModelsTask(ShadowDraft shadow) {
    return Tasks.oneTime(COMPARE_MODELS)
        .onFailure(
            (complete, operations) -> {
              int failures = complete.getExecution().consecutiveFailures + 1;
              String id = complete.getExecution().taskInstance.getId();
              String cause =
                  complete
                      .getCause()
                      .map(e -> e.getClass().getSimpleName())
                      .orElse("an unknown cause");
              LOG.warn(
                  "comparison {} went wrong, try {} of {}: {}", id, failures, MOST_TRIES, cause);
              if (failures >= MOST_TRIES) {
                shadow.giveUp(
                    UUID.fromString(id), "It failed " + failures + " times: " + cause + ".");
                operations.stop();
              } else {
                operations.reschedule(complete, complete.getTimeDone().plus(WAIT));
              }
            })
        .execute((instance, context) -> shadow.run(UUID.fromString(instance.getId())));
  }

  /** The scheduler is asked for late: it needs the tasks. */
  @Bean
  ReportFollowUp shadowFollowUp(
      Comparisons comparisons,
      Models models,
      OffPeakHours hours,
      ObjectProvider<SchedulerClient> scheduler,
      Clock clock) {
    return report -> {
      if (report.standing().status() != ReportStatus.PRELIMINARY
          || report.standing().version() != 1) {
        return;
      }
      for (VisionLanguageModel model : models.shadows()) {
        ModelIdentity identity = model.identity();
        comparisons
            .due(report.origin().analysisId(), new ModelName(identity.name(), identity.digest()))
            .ifPresent(
                id ->
                    scheduler
                        .getObject()
                        .scheduleIfNotExists(
                            new TaskInstance.Builder<Void>(COMPARE_MODELS, id.toString())
                                .priority(PRIORITY)
                                .build(),
                            hours.next(clock.instant())));
      }
    };
  }
}
