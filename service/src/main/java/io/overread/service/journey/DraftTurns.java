package io.overread.service.journey;

import io.overread.gateway.triage.Triage;
import io.overread.gateway.triage.TriageDecision;
import io.overread.gateway.triage.TriagePriority;
import io.overread.reporting.finding.AnalysisLedger;
import io.overread.service.model.Models;
import io.overread.vlm.schedule.Schedule;
import io.overread.vlm.schedule.Urgency;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A draft waits for its place with the model, and makes room for whoever is in more of a hurry. */
@Component
class DraftTurns {
  private final DraftStudy drafts;
  private final Schedule schedule;
  private final Triage triage;
  private final AnalysisLedger analyses;
  private final Models models;

  DraftTurns(
      DraftStudy drafts, Schedule schedule, Triage triage, AnalysisLedger analyses, Models models) {
    this.drafts = drafts;
    this.schedule = schedule;
    this.triage = triage;
    this.analyses = analyses;
    this.models = models;
  }

  /** Runs an analysis that is due to its end, when it is its turn. */
  void run(UUID analysis) {
    Optional<String> study = analyses.find(analysis).map(found -> found.study().studyInstanceUid());
    schedule.run(
        study
            .flatMap(triage::latest)
            .map(TriageDecision::priority)
            .map(DraftTurns::urgency)
            .orElse(Urgency.NORMAL),
        study.map(models::draftBytes).orElse(0L),
        () -> false,
        () -> {
          drafts.run(analysis);
          return analysis;
        });
  }

  private static Urgency urgency(TriagePriority priority) {
    return switch (priority) {
      case URGENT -> Urgency.URGENT;
      case NORMAL -> Urgency.NORMAL;
      case OFF_PEAK -> Urgency.OFF_PEAK;
    };
  }
}
