package io.overread.service.journey;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.gateway.render.FrameRenderer;
import io.overread.gateway.study.StudyCompletion;
import io.overread.gateway.triage.OffPeakHours;
import io.overread.gateway.triage.Triage;
import io.overread.gateway.triage.TriageDecision;
import io.overread.reporting.finding.Analysis;
import io.overread.reporting.finding.AnalysisLedger;
import io.overread.reporting.finding.StudyRevision;
import java.time.Clock;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The model, and the durable task that takes a complete study to its draft. */
@Configuration(proxyBeanMethods = false)
class JourneyConfiguration {
  private static final String DRAFT_REPORT = "draft-report";

  @Bean
  OneTimeTask<Void> draftReportTask(DraftStudy draftStudy, DraftTurns turns) {
    return Tasks.oneTime(DRAFT_REPORT)
        .onFailure(new TryAgain(draftStudy))
        .execute((instance, context) -> turns.run(UUID.fromString(instance.getId())));
  }

  /**
   * A completed study is sorted, and makes a draft due unless a rule says otherwise, in the
   * transaction that completes it. The scheduler is asked for late: it needs the tasks, and the
   * task that closes a study needs this.
   */
  @Bean
  StudyCompletion studyCompletion(
      Triage triage,
      OffPeakHours hours,
      AnalysisLedger analyses,
      ObjectProvider<SchedulerClient> scheduler,
      Clock clock) {
    return study -> {
      TriageDecision decision = triage.decide(study);
      if (!decision.draft()) {
        return;
      }
      Analysis analysis =
          analyses.due(new StudyRevision(study.studyInstanceUid(), study.revision()));
      DraftOrder order = DraftOrder.of(decision.priority());
      scheduler
          .getObject()
          .scheduleIfNotExists(
              new TaskInstance.Builder<Void>(DRAFT_REPORT, analysis.id().toString())
                  .priority(order.priority())
                  .build(),
              order.due(clock.instant(), hours));
    };
  }

  @Bean
  FrameRenderer frameRenderer() {
    return new FrameRenderer(PixelLimits.STANDARD);
  }
}
