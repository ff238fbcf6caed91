package io.overread.vlm.evaluate;

import io.overread.vlm.EngineSettings;
import io.overread.vlm.OnnxModel;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.onnx.ExecutionProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads a folder of images with a model and measures how often it is right. */
public final class Evaluation {

  private static final int MAX_WORKERS = 8;
  private static final int MAX_NEW_TOKENS = 256;
  private static final int MAX_CONTEXT = 4096;
  private static final int TOLD_EVERY = 50;

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
    Evaluation evaluation = new Evaluation(settings);
    EngineSettings engine =
        new EngineSettings(
            ExecutionProvider.CPU, 1, MAX_NEW_TOKENS, MAX_CONTEXT, settings.natives());
    try (VisionLanguageModel model = OnnxModel.load(settings.model(), engine)) {
      return evaluation.run(model, progress);
    }
  }

  private EvaluationReport run(VisionLanguageModel model, Consumer<String> progress) {
    int workers = Math.min(MAX_WORKERS, Runtime.getRuntime().availableProcessors());
    StepTimes times = new StepTimes();
    long start = System.nanoTime();
    List<Prediction> predictions;
    try (ImageReading reading = new ImageReading(model, times)) {
      predictions = all(readings(reading), workers, progress);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    progress.accept("computing figures and intervals");
    return new EvaluationReport(
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

  private List<Callable<List<Prediction>>> readings(ImageReading reading) {
    List<Callable<List<Prediction>>> tasks = new ArrayList<>();
    for (StatedRecord record : chosen) {
      boolean wholeReport = tasks.size() % WHOLE_REPORT_EVERY == 0;
      tasks.add(() -> reading.read(record, files.read(record), references(record), wholeReport));
    }
    for (StatedRecord record : comparedOnly()) {
      tasks.add(() -> reading.compare(record.subject(), files.read(record), references(record)));
    }
    for (GeneratedImages.Generated drawn : GeneratedImages.all()) {
      tasks.add(
          () ->
              List.of(
                  reading.refusal(
                      Subject.alone(drawn.name(), "generated"), drawn.kind(), drawn.image())));
    }
    for (Path other : files.others()) {
      String name = settings.data().relativize(other).toString();
      tasks.add(
          () ->
              List.of(
                  reading.refusal(
                      Subject.alone(name, ImageFiles.OTHER), ImageFiles.OTHER, files.read(other))));
    }
    return tasks;
  }

  /** Runs the tasks, the results in their order; the first failure ends it. */
  private static List<Prediction> all(
      List<Callable<List<Prediction>>> tasks, int workers, Consumer<String> progress) {
    long start = System.nanoTime();
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      List<Future<List<Prediction>>> futures = new ArrayList<>();
      tasks.forEach(task -> futures.add(pool.submit(task)));
      List<Prediction> predictions = new ArrayList<>();
      for (int done = 0; done < futures.size(); done++) {
        predictions.addAll(futures.get(done).get());
        if ((done + 1) % TOLD_EVERY == 0 || done + 1 == futures.size()) {
          progress.accept(
              String.format(
                  Locale.ROOT,
                  "%d of %d images, %.0f s",
                  done + 1,
                  futures.size(),
                  (System.nanoTime() - start) / 1e9));
        }
      }
      return predictions;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("an image can't be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while images were read");
    } finally {
      pool.shutdownNow();
      pool.close();
    }
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
