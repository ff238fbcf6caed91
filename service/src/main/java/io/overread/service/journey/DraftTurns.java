package io.overread.service.journey;

import io.overread.gateway.triage.Triage;
import io.overread.gateway.triage.TriageDecision;
import io.overread.gateway.triage.TriagePriority;
import io.overread.reporting.finding.AnalysisLedger;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.schedule.Schedule;
import io.overread.vlm.schedule.Urgency;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A draft waits for its place with the model, and makes room for whoever is in more of a hurry. */
@Component
class DraftTurns {
  private final DraftStudy drafts;
  private final Schedule schedule;
  private final Triage triage;
  private final AnalysisLedger analyses;
  private final VisionLanguageModel model;

  DraftTurns(
      DraftStudy drafts,
      Schedule schedule,
      Triage triage,
      AnalysisLedger analyses,
      VisionLanguageModel model) {
    this.drafts = drafts;
    this.schedule = schedule;
    this.triage = triage;
    this.analyses = analyses;
    this.model = model;
  }

  /** Runs an analysis that is due to its end, when it is its turn. */
  void run(UUID analysis) {
    schedule.run(
        urgency(analysis),
        model.answerBytes(),
        () -> false,
        () -> {
          drafts.run(analysis);
          return analysis;
        });
  }

  private Urgency urgency(UUID analysis) {
    return analyses
        .find(analysis)
        .flatMap(found -> triage.latest(found.study().studyInstanceUid()))
        .map(TriageDecision::priority)
        .map(DraftTurns::urgency)
        .orElse(Urgency.NORMAL);
  }

  private static Urgency urgency(TriagePriority priority) {
    return switch (priority) {
      case URGENT -> Urgency.URGENT;
      case NORMAL -> Urgency.NORMAL;
      case OFF_PEAK -> Urgency.OFF_PEAK;
    };
  }
}
