package io.overread.service.shadow;

import io.overread.reporting.finding.Analysis;
import io.overread.reporting.finding.AnalysisLedger;
import io.overread.reporting.finding.AnalysisPlan;
import io.overread.service.journey.Findings;
import io.overread.service.journey.Reading;
import io.overread.service.journey.Readings;
import io.overread.service.journey.UnreadableStudyException;
import io.overread.service.model.Models;
import io.overread.service.shadow.Comparison.Said;
import io.overread.service.shadow.Comparison.State;
import io.overread.vlm.Answer;
import io.overread.vlm.Cancellation;
import io.overread.vlm.TokenListener;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.finding.BatteryProgress;
import io.overread.vlm.finding.FindingBattery;
import io.overread.vlm.finding.FindingCatalogue;
import io.overread.vlm.finding.FindingCatalogues;
import io.overread.vlm.finding.ScoredFinding;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Another model reads what a draft was written about. Safe to be run again after a crash. */
@Component
class ShadowDraft {
  private static final int LONGEST_REPORT = 200;

  private final Comparisons comparisons;
  private final AnalysisLedger analyses;
  private final Models models;
  private final Readings readings;
  private final FindingCatalogues catalogues = FindingCatalogues.shipped();

  ShadowDraft(Comparisons comparisons, AnalysisLedger analyses, Models models, Readings readings) {
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
    AnalysisPlan plan = analysis.plan();
    if (model.isEmpty()) {
      comparisons.failed(comparison, study, "The model is not loaded any more.");
    } else if (plan == null || !isLatest(analysis)) {
      comparisons.failed(comparison, study, "The study has changed since it was drafted.");
    } else {
      try {
        readings.with(
            study, model.get(), reading -> compare(comparison, study, plan.catalogueId(), reading));
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

  private boolean compare(
      Comparison comparison, String study, String catalogueId, Reading reading) {
    FindingCatalogue catalogue =
        catalogues.all().stream()
            .filter(each -> each.id().equals(catalogueId))
            .findFirst()
            .orElseGet(() -> catalogues.forStudy(null, ""));
    List<Said> findings =
        FindingBattery.run(reading.model(), reading.encoded(), catalogue, BatteryProgress.NONE)
            .stream()
            .map(ShadowDraft::said)
            .toList();
    Answer text =
        reading
            .model()
            .describe(
                reading.encoded(),
                Decoding.greedy(LONGEST_REPORT),
                TokenListener.NONE,
                new Cancellation());
    comparisons.done(comparison, study, findings, text.text());
    return true;
  }

  private static Said said(ScoredFinding scored) {
    return new Said(
        scored.finding().id(),
        scored.finding().name(),
        scored.hasProbability() ? scored.probability() : null,
        Findings.present(scored));
  }
}
