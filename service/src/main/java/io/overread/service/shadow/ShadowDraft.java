package io.overread.service.shadow;

import io.overread.reporting.finding.Analysis;
import io.overread.reporting.finding.AnalysisLedger;
import io.overread.reporting.finding.StudyRevision;
import io.overread.service.journey.DraftScope;
import io.overread.service.journey.Findings;
import io.overread.service.journey.ReadInputs;
import io.overread.service.journey.Reading;
import io.overread.service.journey.Readings;
import io.overread.service.journey.UnreadableStudyException;
import io.overread.service.model.Models;
import io.overread.service.shadow.Comparison.Said;
import io.overread.service.shadow.Comparison.State;
import io.overread.vlm.Cancellation;
import io.overread.vlm.TokenListener;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.finding.BatteryProgress;
import io.overread.vlm.finding.FindingBattery;
import io.overread.vlm.finding.ScoredFinding;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Another model reads what a draft was written about. Safe to be run again after a crash. */
@Component
class ShadowDraft {
  private static final int LONGEST_REPORT = 200;

  private final Comparisons comparisons;
  private final AnalysisLedger analyses;
  private final Models models;
  private final Readings readings;
  private final ReadInputs inputs;

  ShadowDraft(
      Comparisons comparisons,
      AnalysisLedger analyses,
      Models models,
      Readings readings,
      ReadInputs inputs) {
    this.inputs = inputs;
    this.comparisons = comparisons;
    this.analyses = analyses;
    this.models = models;
    this.readings = readings;
  }

  /** Runs a comparison that is due to its end; one that has ended is left alone. */
  void run(UUID id) {
    Comparison comparison = comparisons.find(id).orElseThrow();
    if (comparison.state() != State.DUE) {
      return;
    }
    Analysis analysis = analyses.find(comparison.analysisId()).orElseThrow();
    String study = analysis.study().studyInstanceUid();
    Optional<VisionLanguageModel> model = models.withDigest(comparison.model().digest());
    if (model.isEmpty()) {
      comparisons.failed(comparison, study, "The model is not loaded any more.");
    } else if (!isLatest(analysis)) {
      comparisons.failed(comparison, study, "The study has changed since it was drafted.");
    } else {
      try {
        readings.with(
            study, model.get(), reading -> compare(comparison, analysis.study(), reading));
      } catch (UnreadableStudyException e) {
        comparisons.failed(comparison, study, String.valueOf(e.getMessage()));
      }
    }
  }

  private boolean isLatest(Analysis analysis) {
    return analyses
        .latest(analysis.study().studyInstanceUid())
        .filter(latest -> latest.id().equals(analysis.id()))
        .isPresent();
  }

  /** The last try went wrong. */
  void giveUp(UUID id, String reason) {
    comparisons
        .find(id)
        .ifPresent(
            comparison ->
                analyses
                    .find(comparison.analysisId())
                    .ifPresent(
                        analysis ->
                            comparisons.failed(
                                comparison, analysis.study().studyInstanceUid(), reason)));
  }

  /** As it would draft: by its own guards, and asked for what it may be asked for. */
  private boolean compare(Comparison comparison, StudyRevision study, Reading reading) {
    VisionLanguageModel model = reading.model();
    DraftScope scope = DraftScope.of(reading, inputs.catalogueByRule(study));
    List<Said> findings =
        FindingBattery.run(model, reading.encoded(), scope.catalogue(), BatteryProgress.NONE)
            .stream()
            .map(scored -> said(scored, model.limits().leastFindingShift()))
            .toList();
    String text = scope.objection().orElseGet(() -> written(reading));
    comparisons.done(comparison, study.studyInstanceUid(), findings, text);
    return true;
  }

  private static String written(Reading reading) {
    return reading
        .model()
        .describe(
            reading.encoded(),
            Decoding.greedy(LONGEST_REPORT),
            TokenListener.NONE,
            new Cancellation())
        .text();
  }

  private static Said said(ScoredFinding scored, @Nullable Double leastShift) {
    return new Said(
        scored.finding().id(),
        scored.finding().name(),
        scored.hasProbability() ? scored.probability() : null,
        Findings.present(scored, leastShift));
  }
}
