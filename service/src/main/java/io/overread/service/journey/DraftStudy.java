package io.overread.service.journey;

import io.overread.gateway.study.StudyChanges;
import io.overread.reporting.draft.DraftResult;
import io.overread.reporting.finding.Analysis;
import io.overread.reporting.finding.AnalysisLedger;
import io.overread.reporting.finding.AnalysisPlan;
import io.overread.reporting.finding.AnalysisResult;
import io.overread.reporting.finding.Readers;
import io.overread.reporting.finding.RecordedFinding;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.finding.FindingCatalogue;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The model reads a complete study and drafts its report. Safe to be run again after a crash. */
@Component
class DraftStudy {
  private static final Logger LOG = LoggerFactory.getLogger(DraftStudy.class);

  private static final int LONGEST_REPORT = 200;

  /** Drafts are written greedily; the seed is recorded because a plan has one. */
  static final Decoding DECODING = Decoding.greedy(LONGEST_REPORT);

  private final Readings readings;
  private final AnalysisLedger analyses;
  private final DraftRuns drafts;
  private final StudyChanges changes;
  private final FindingPlaces places;
  private final ReadInputs inputs;
  private final ReadingGuards guards = new ReadingGuards();

  DraftStudy(
      Readings readings,
      AnalysisLedger analyses,
      DraftRuns drafts,
      StudyChanges changes,
      ReadInputs inputs,
      FindingPlaces places) {
    this.readings = readings;
    this.analyses = analyses;
    this.drafts = drafts;
    this.changes = changes;
    this.inputs = inputs;
    this.places = places;
  }

  /** Runs an analysis that is due to its end; one that has ended is left alone. */
  void run(UUID analysisId) {
    Analysis analysis =
        analyses
            .find(analysisId)
            .orElseThrow(() -> new IllegalStateException("no analysis " + analysisId));
    String study = analysis.study().studyInstanceUid();
    try {
      readings.with(study, reading -> draft(analysis, reading));
    } catch (UnreadableStudyException e) {
      fail(analysis, e.getMessage() == null ? "unreadable" : e.getMessage());
    } finally {
      changes.publish(study);
    }
  }

  /** The last try went wrong; the worklist shows why. */
  void giveUp(UUID analysisId, String reason) {
    analyses.find(analysisId).ifPresent(analysis -> fail(analysis, reason));
  }

  /** True if there is a draft now that was not there before. */
  private boolean draft(Analysis analysis, Reading reading) {
    long started = System.nanoTime();
    DraftScope scope = DraftScope.of(reading, inputs.catalogueByRule(analysis.study()));
    FindingCatalogue catalogue = scope.catalogue();
    FindingScores scores = readings.scores(reading);
    if (analyses.begin(
            analysis.id(), plan(reading, catalogue, scores.readers(reading.model(), catalogue)))
        instanceof AnalysisResult.NotAllowed not) {
      LOG.info("analysis {} is {}; nothing to do", analysis.id(), not.state());
      return false;
    }
    inputs.keep(analysis.study(), reading);
    progress(analysis, "looking for findings", 0.1f);
    List<RecordedFinding> findings =
        scores.of(
            reading,
            catalogue,
            (done, total) ->
                progress(analysis, "looking for findings", 0.1f + 0.6f * done / total));
    progress(analysis, "writing the draft", 0.75f);
    ReportText text =
        scope
            .objection()
            .map(ReportText::only)
            .orElseGet(
                () -> ReportText.written(reading, catalogue, findings, guards.ofWords(reading)));
    places.keep(catalogue, findings, reading);
    DraftResult result =
        drafts.write(
            analysis.id(),
            findings,
            Stream.concat(guards.marks(reading).stream(), text.marks().stream()).toList(),
            new DraftRun(
                DraftRun.Place.here(reading.model().runsOn()),
                DECODING,
                text.text(),
                reading.sources().stream().map(Reading.Source::pixelDigest).toList()));
    LOG.info(
        "draft of study {} revision {} in {} ms: {}",
        analysis.study().studyInstanceUid(),
        analysis.study().revision(),
        (System.nanoTime() - started) / 1_000_000,
        result.getClass().getSimpleName());
    return result instanceof DraftResult.Drafted;
  }

  private static AnalysisPlan plan(Reading reading, FindingCatalogue catalogue, Readers readers) {
    return new AnalysisPlan(
        readers,
        catalogue.id(),
        Findings.code(catalogue.reportCode()),
        DECODING.seed(),
        reading.sources().stream().map(source -> source.instance().file().dataSetDigest()).toList(),
        reading.model().reportPrompt());
  }

  private void progress(Analysis analysis, String step, float fraction) {
    analyses.progress(analysis.id(), step, fraction);
    changes.publish(analysis.study().studyInstanceUid());
  }

  private void fail(Analysis analysis, String reason) {
    LOG.warn("no draft of study {}: {}", analysis.study().studyInstanceUid(), reason);
    analyses.fail(analysis.id(), reason);
    changes.publish(analysis.study().studyInstanceUid());
  }
}
