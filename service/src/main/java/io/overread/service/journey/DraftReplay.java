package io.overread.service.journey;

import io.overread.audit.AuditTrail;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.gateway.instance.DataFolder;
import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.render.FrameRenderer;
import io.overread.gateway.study.StudyLedger;
import io.overread.gateway.study.StudyTable;
import io.overread.gateway.triage.StudyHeaders;
import io.overread.gateway.triage.Triage;
import io.overread.gateway.triage.TriageRuleBook;
import io.overread.reporting.finding.Analysis;
import io.overread.reporting.finding.AnalysisLedger;
import io.overread.reporting.finding.AnalysisPlan;
import io.overread.reporting.finding.ContrastiveReader;
import io.overread.reporting.finding.RecordedFinding;
import io.overread.reporting.review.Report;
import io.overread.reporting.review.Reports;
import io.overread.service.model.Beside;
import io.overread.vlm.Cancellation;
import io.overread.vlm.EncodedStudy;
import io.overread.vlm.TokenListener;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.contrastive.ContrastiveModel;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.finding.BatteryProgress;
import io.overread.vlm.finding.FindingCatalogue;
import io.overread.vlm.finding.FindingCatalogues;
import io.overread.vlm.model.ModelIdentity;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs a stored draft again: from the frames, the catalogue, the prompt, the seed and the model
 * that are recorded with it. Reads the database and the data folder and writes nothing, so it works
 * beside a running service.
 */
public final class DraftReplay {
  private final JdbcClient jdbc;
  private final AnalysisLedger analyses;
  private final StoredInstances instances;
  private final StudyLedger ledger;
  private final Triage triage;
  private final FrameRenderer renderer = new FrameRenderer(PixelLimits.STANDARD);
  private final RecordedFrames frames;

  /** Over a database and the data folder that belongs to it. */
  public DraftReplay(DataSource dataSource, DataFolder folder) {
    TransactionTemplate transaction =
        new TransactionTemplate(new JdbcTransactionManager(dataSource));
    Clock clock = Clock.systemUTC();
    AuditTrail audit = new AuditTrail(dataSource, clock);
    this.jdbc = JdbcClient.create(dataSource);
    this.analyses = new AnalysisLedger(jdbc, transaction, audit, clock);
    this.instances = new StoredInstances(dataSource, folder);
    this.ledger = new StudyLedger(new StudyTable(dataSource));
    this.triage =
        new Triage(
            new TriageRuleBook(jdbc, transaction, audit, clock),
            new StudyHeaders(instances),
            jdbc,
            audit,
            clock);
    this.frames = new RecordedFrames(instances, ledger, renderer);
  }

  /** Finds the model that made a draft. */
  public interface Models {
    /**
     * Opens the model with this digest; another one where it is not to be had.
     *
     * @param runsOn where it ran
     * @param processors how many there were
     */
    VisionLanguageModel open(String digest, @Nullable String runsOn, int processors);

    /** Opens the contrastive model that a draft was made with; empty where it is not to be had. */
    Optional<ContrastiveModel> openContrastive(
        ContrastiveReader recorded, @Nullable String runsOn, int processors);
  }

  /**
   * Runs a draft again.
   *
   * @param named the id of a report, or the UID of a study, whose newest report is taken
   */
  public Replayed run(String named, Models models) {
    Optional<Report> report = report(named);
    if (report.isEmpty()) {
      return new Replayed.NotReplayable("there is no report " + named);
    }
    Analysis analysis = analyses.find(report.get().origin().analysisId()).orElseThrow();
    AnalysisPlan plan = analysis.plan();
    if (plan == null) {
      return new Replayed.NotReplayable("its analysis records no plan");
    }
    Optional<FindingCatalogue> catalogue =
        FindingCatalogues.shipped().all().stream()
            .filter(each -> each.id().equals(plan.catalogueId()))
            .findFirst();
    if (catalogue.isEmpty()) {
      return new Replayed.NotReplayable("there is no catalogue " + plan.catalogueId());
    }
    try {
      return new Again(report.get(), analysis, plan).run(catalogue.get(), models);
    } catch (RecordedFrames.Gone | ContrastiveMissing e) {
      return new Replayed.NotReplayable(String.valueOf(e.getMessage()));
    }
  }

  /** A contrastive model had a part in the draft and is not here. */
  private static final class ContrastiveMissing extends RuntimeException {
    private static final long serialVersionUID = 1;

    ContrastiveMissing(io.overread.reporting.finding.ModelIdentity model) {
      super(
          "the contrastive model that scored beside, %s %s (%s), is not here"
              .formatted(model.name(), model.version(), RecordedFrames.brief(model.digest())));
    }
  }

  private Optional<Report> report(String named) {
    Reports reports = new Reports(jdbc);
    try {
      return reports.find(UUID.fromString(named));
    } catch (IllegalArgumentException e) {
      return reports.latest(named);
    }
  }

  /** One draft, made again. */
  private final class Again {
    private final Report report;
    private final Analysis analysis;
    private final AnalysisPlan plan;
    private final @Nullable DraftRun run;
    private final List<ReadInputs.Input> inputs;
    private final List<String> differences = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Again(Report report, Analysis analysis, AnalysisPlan plan) {
      this.report = report;
      this.analysis = analysis;
      this.plan = plan;
      this.run = DraftRuns.find(jdbc, analysis.id()).orElse(null);
      this.inputs = ReadInputs.framesOf(jdbc, analysis.study());
    }

    Replayed run(FindingCatalogue catalogue, Models models) {
      List<SelectedFrame> shown = frames.of(analysis, plan, inputs, run, differences);
      DraftRun made = run;
      String runsOn = made == null ? null : made.place().runsOn();
      int processors =
          made == null ? Runtime.getRuntime().availableProcessors() : made.place().processors();
      try (ContrastiveModel contrastive = contrastive(models, runsOn, processors);
          VisionLanguageModel model = models.open(plan.model().digest(), runsOn, processors)) {
        comparePlace(model);
        compareChoice(model);
        try (EncodedStudy encoded =
            model.encode(shown.stream().map(SelectedFrame::image).toList())) {
          Reading reading =
              new Reading(
                  model,
                  encoded,
                  shown.stream().map(Reading.Source::of).toList(),
                  List.of(),
                  PixelChecks.of(shown),
                  null);
          return compared(reading, catalogue, scores(contrastive, shown));
        }
      }
    }

    /** Null where none had a part. */
    private @Nullable ContrastiveModel contrastive(
        Models models, @Nullable String runsOn, int processors) {
      ContrastiveReader recorded = plan.readers().contrastive();
      return recorded == null
          ? null
          : models
              .openContrastive(recorded, runsOn, processors)
              .orElseThrow(() -> new ContrastiveMissing(recorded.model()));
    }

    private FindingScores scores(@Nullable ContrastiveModel model, List<SelectedFrame> shown) {
      ContrastiveReader recorded = plan.readers().contrastive();
      return new FindingScores(
          model == null || recorded == null ? null : new Beside(model, recorded.weight()),
          () -> shown.stream().map(SelectedFrame::image).toList());
    }

    private void comparePlace(VisionLanguageModel model) {
      ModelIdentity here = model.identity();
      if (!here.digest().equals(plan.model().digest())) {
        differences.add(
            "the model differs: recorded %s %s (%s), here %s %s (%s)"
                .formatted(
                    plan.model().name(),
                    plan.model().version(),
                    RecordedFrames.brief(plan.model().digest()),
                    here.name(),
                    here.version(),
                    RecordedFrames.brief(here.digest())));
      }
      if (run == null) {
        notes.add("the draft is from before tokens, pixels and platform were recorded");
        return;
      }
      DraftRun.Place place = DraftRun.Place.here(model.runsOn());
      if (!place.equals(run.place())) {
        notes.add("made by %s, run again by %s".formatted(words(run.place()), words(place)));
      }
    }

    private static String words(DraftRun.Place place) {
      return "%s on %s with %d processors"
          .formatted(place.platform(), place.runsOn(), place.processors());
    }

    /** Only while the study holds what it held then would the same frames be chosen. */
    private void compareChoice(VisionLanguageModel model) {
      String study = analysis.study().studyInstanceUid();
      boolean asThen =
          instances.ofStudy(study).stream()
              .map(StoredInstance::reception)
              .map(StoredInstance.Reception::studyRevision)
              .allMatch(since -> since != null && since <= analysis.study().revision());
      if (!asThen) {
        notes.add("the study holds other images by now: which frames to read is not chosen again");
        return;
      }
      List<String> now =
          new FrameSelection(ledger, instances, renderer)
                  .of(study, model.imageBudget(), Readings.excluded(triage.latest(study)))
                  .frames()
                  .stream()
                  .map(
                      frame ->
                          words(frame.instance().sopInstanceUid(), frame.frame(), frame.window()))
                  .toList();
      List<String> then =
          inputs.stream()
              .map(input -> words(input.sopInstanceUid(), input.frame(), input.window()))
              .toList();
      if (!now.equals(then)) {
        differences.add("other frames are chosen: recorded %s, now %s".formatted(then, now));
      }
    }

    private static String words(
        @Nullable String instance, @Nullable Integer frame, @Nullable String window) {
      return instance + " frame " + frame + (window == null ? "" : " as " + window);
    }

    private Replayed compared(Reading reading, FindingCatalogue catalogue, FindingScores scores) {
      List<RecordedFinding> found = scores.of(reading, catalogue, BatteryProgress.NONE);
      differences.addAll(DraftComparison.findings(analyses.findings(analysis.id()), found));
      DraftRun.Text text = text(reading.model(), reading);
      DraftRun.Text recorded =
          run == null
              ? new DraftRun.Text(report.texts().draft(), text.author(), null, null)
              : run.text();
      differences.addAll(DraftComparison.text(recorded, text));
      if (!differences.isEmpty()) {
        return new Replayed.Different(differences, notes);
      }
      List<Integer> tokens = text.tokens();
      return new Replayed.Same(
          "%d frames, %d findings and %s"
              .formatted(
                  inputs.size(),
                  found.size(),
                  tokens == null || recorded.tokens() == null
                      ? "the text"
                      : tokens.size() + " tokens"),
          notes);
    }

    private DraftRun.Text text(VisionLanguageModel model, Reading reading) {
      Optional<String> objection = new ReadingGuards().refusal(reading);
      return objection
          .map(DraftRun.Text::ofGuard)
          .orElseGet(
              () ->
                  DraftRun.Text.of(
                      model.answer(
                          reading.encoded(),
                          plan.prompt(),
                          decoding(),
                          TokenListener.NONE,
                          new Cancellation())));
    }

    private Decoding decoding() {
      return run == null ? DraftStudy.DECODING : run.decoding();
    }
  }
}
