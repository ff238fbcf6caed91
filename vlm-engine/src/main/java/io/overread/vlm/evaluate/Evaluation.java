package io.overread.vlm.evaluate;

import io.overread.vlm.EngineSettings;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.contrastive.ContrastiveModel;
import io.overread.vlm.evaluate.published.Digests;
import io.overread.vlm.onnx.ExecutionProvider;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads a folder of images with a model and measures how often it is right. */
public final class Evaluation {

  private static final int MAX_NEW_TOKENS = 256;
  private static final int MAX_CONTEXT = 4096;

  /** A report is written to its end for the time that it takes, of every so-manieth image. */
  private static final int WHOLE_REPORT_EVERY = 20;

  private final EvaluationSettings settings;
  private final ImageFiles files;
  private final List<StatedRecord> records;
  private final List<StatedRecord> chosen;
  private final Map<String, List<ReferenceAnswer>> references;

  private Evaluation(EvaluationSettings settings) {
    this.settings = settings;
    this.files = new ImageFiles(settings.data());
    this.records = RecordFile.read(settings.data());
    this.chosen = records.stream().filter(settings.split()::holds).toList();
    Set<String> ids =
        records.stream().map(record -> record.subject().id()).collect(Collectors.toSet());
    this.references =
        settings.reference().map(file -> ReferenceAnswer.read(file, ids)).orElse(Map.of());
    if (chosen.isEmpty()) {
      throw new UnusableDataException(
          settings.data().resolve(RecordFile.NAME)
              + ": no record is of the split "
              + settings.split().name().toLowerCase(Locale.ROOT));
    }
    files.require(chosen);
    files.require(comparedOnly());
  }

  /**
   * Reads every image of the split and asks of it what its source states.
   *
   * <p>Small graphs gain little from a second thread, and images do not wait for each other: as
   * many images are read at a time as there are cores, each on one thread.
   *
   * @param progress told in a line now and then
   * @throws UnusableDataException if the data can't be used
   * @throws io.overread.vlm.failure.ModelFormatException if the model can't be loaded
   */
  public static EvaluationReport run(EvaluationSettings settings, Consumer<String> progress) {
    return run(settings, RunSettings.plain(progress));
  }

  /** The same, made as {@code run} says. */
  public static EvaluationReport run(EvaluationSettings settings, RunSettings run) {
    Evaluation evaluation = new Evaluation(settings);
    EngineSettings engine = engine(settings.natives());
    try (ContrastiveModel contrastive =
            run.beside()
                .map(beside -> ContrastiveModel.load(beside.folder(), engine))
                .orElse(null);
        VisionLanguageModel model = run.opener().open(settings.model(), engine)) {
      return evaluation.run(model, contrastive, run);
    }
  }

  static EngineSettings engine(Path natives) {
    return new EngineSettings(ExecutionProvider.CPU, 1, MAX_NEW_TOKENS, MAX_CONTEXT, natives);
  }

  private EvaluationReport run(
      VisionLanguageModel model, @Nullable ContrastiveModel contrastive, RunSettings run) {
    BesideReading beside =
        contrastive == null
            ? null
            : new BesideReading(
                contrastive,
                model.calibration(),
                run.beside().map(BesideSettings::weight).orElse(0.0));
    int workers = Steps.workersHere();
    StepTimes times = new StepTimes();
    long start = System.nanoTime();
    List<Prediction> predictions;
    try (Checkpoint checkpoint = Checkpoint.open(run.resume(), identity(model, beside));
        ImageReading reading = new ImageReading(model, times, beside)) {
      predictions =
          new Steps<>(workers, checkpoint, JsonFigures::of, PredictionJson::read)
              .all(readings(reading), run.progress());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    run.beside()
        .ifPresent(
            each ->
                each.fit()
                    .ifPresent(
                        file ->
                            ContrastiveFit.write(
                                file, each.folder(), new Predictions(predictions))));
    run.progress().tell("computing figures and intervals");
    return EvaluationReport.of(
        new About(
            model.identity(),
            model.runsOn(),
            settings.split().name().toLowerCase(Locale.ROOT),
            bySource(),
            workers,
            seconds),
        predictions,
        times.medians());
  }

  /** What must be the same for a run to go on. */
  private ObjectNode identity(VisionLanguageModel model, @Nullable BesideReading beside) {
    ObjectNode identity =
        JsonMapper.shared()
            .createObjectNode()
            .put("model", model.identity().digest())
            .put("data", Digests.of(settings.data().resolve(RecordFile.NAME)))
            .put("split", settings.split().name().toLowerCase(Locale.ROOT));
    settings.reference().ifPresent(reference -> identity.put("reference", Digests.of(reference)));
    if (beside != null) {
      identity
          .put("contrastive", beside.contrastive().identity().digest())
          .put("weight", beside.weight());
    }
    return identity;
  }

  private SequencedMap<String, Callable<List<Prediction>>> readings(ImageReading reading) {
    SequencedMap<String, Callable<List<Prediction>>> tasks = new LinkedHashMap<>();
    for (StatedRecord record : chosen) {
      boolean wholeReport = tasks.size() % WHOLE_REPORT_EVERY == 0;
      tasks.put(
          "record " + record.subject().id(),
          () -> reading.read(record, files.read(record), references(record), wholeReport));
    }
    for (StatedRecord record : comparedOnly()) {
      tasks.put(
          "compared " + record.subject().id(),
          () -> reading.compare(record.subject(), files.read(record), references(record)));
    }
    for (GeneratedImages.Generated drawn : GeneratedImages.all()) {
      tasks.put(
          "drawn " + drawn.name(),
          () ->
              List.of(
                  reading.refusal(
                      Subject.alone(drawn.name(), "generated"), drawn.kind(), drawn.image())));
    }
    for (Path other : files.others()) {
      String name = settings.data().relativize(other).toString();
      tasks.put(
          "other " + name,
          () ->
              List.of(
                  reading.refusal(
                      Subject.alone(name, ImageFiles.OTHER), ImageFiles.OTHER, files.read(other))));
    }
    return tasks;
  }

  /** Records that only the reference is about. */
  private List<StatedRecord> comparedOnly() {
    return records.stream()
        .filter(record -> !settings.split().holds(record))
        .filter(record -> references.containsKey(record.subject().id()))
        .toList();
  }

  private List<ReferenceAnswer> references(StatedRecord record) {
    return references.getOrDefault(record.subject().id(), List.of());
  }

  private Map<String, Integer> bySource() {
    Map<String, Integer> counts = new TreeMap<>();
    chosen.forEach(record -> counts.merge(record.subject().source(), 1, Integer::sum));
    return counts;
  }
}
