package io.overread.service.journey;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.gateway.render.FrameRenderer;
import io.overread.gateway.study.StudyCompletion;
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
  OneTimeTask<Void> draftReportTask(DraftStudy draftStudy) {
    return Tasks.oneTime(DRAFT_REPORT)
        .onFailure(new TryAgain(draftStudy))
        .execute((instance, context) -> draftStudy.run(UUID.fromString(instance.getId())));
  }

  /**
   * A completed study makes a draft due, in the transaction that completes it. The scheduler is
   * asked for late: it needs the tasks, and the task that closes a study needs this.
   */
  @Bean
  StudyCompletion studyCompletion(
      AnalysisLedger analyses, ObjectProvider<SchedulerClient> scheduler, Clock clock) {
    return study -> {
      Analysis analysis =
          analyses.due(new StudyRevision(study.studyInstanceUid(), study.revision()));
      scheduler
          .getObject()
          .scheduleIfNotExists(
              new TaskInstance<>(DRAFT_REPORT, analysis.id().toString()), clock.instant());
    };
  }

  @Bean
  FrameRenderer frameRenderer() {
    return new FrameRenderer(PixelLimits.STANDARD);
  }
}
