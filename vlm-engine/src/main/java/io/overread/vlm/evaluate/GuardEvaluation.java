package io.overread.vlm.evaluate;

import io.overread.vlm.EngineSettings;
import io.overread.vlm.OnnxModel;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.model.LimitsFile;
import io.overread.vlm.onnx.ExecutionProvider;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Measures the guards on a folder of images with known answers, and fits what is fitted of them.
 */
public final class GuardEvaluation {

  private static final int MAX_NEW_TOKENS = 256;
  private static final int MAX_CONTEXT = 4096;
  private static final int TOLD_EVERY = 50;

  /** Of every so-manieth real image a copy is cut off, to be caught. */
  private static final int CUT_EVERY = 10;

  /** Every so-manieth image of the large, easy sources. */
  private static final Map<String, Integer> THINNED =
      Map.of("kermany-cxr", 4, "figshare-brain-tumor", 2);

  private final ImageFiles files;
  private final List<StatedRecord> records;

  private GuardEvaluation(EvaluationSettings settings) {
    this.files = new ImageFiles(settings.data());
    this.records =
        thinned(RecordFile.read(settings.data()).stream().filter(settings.split()::holds).toList());
    files.require(records);
  }

  private static List<StatedRecord> thinned(List<StatedRecord> all) {
    Map<String, Integer> seen = new HashMap<>();
    return all.stream()
        .filter(
            record -> {
              String source = record.subject().source();
              return seen.merge(source, 1, Integer::sum) % THINNED.getOrDefault(source, 1) == 0;
            })
        .toList();
  }

  /**
   * Reads every image of the split.
   *
   * @param fit whether what was fitted is written to the model folder's overread.json, which makes
   *     it another model by its digest
   * @param progress told in a line now and then
   * @return tables in Markdown
   * @throws UnusableDataException if the data can't be used
   * @throws io.overread.vlm.failure.ModelFormatException if the model can't be loaded
   */
  public static String run(EvaluationSettings settings, boolean fit, Consumer<String> progress) {
    GuardEvaluation evaluation = new GuardEvaluation(settings);
    EngineSettings engine =
        new EngineSettings(
            ExecutionProvider.CPU, 1, MAX_NEW_TOKENS, MAX_CONTEXT, settings.natives());
    try (VisionLanguageModel model = OnnxModel.load(settings.model(), engine);
        GuardReading reading = new GuardReading(model)) {
      List<GuardSample> samples = evaluation.samples(reading, progress);
      String rates = GuardRates.table(samples);
      progress.accept(rates);
      if (fit) {
        LimitsFit fitted = LimitsFit.of(samples);
        LimitsFile.write(
            settings.model(),
            fitted.answers(),
            fitted.sentenceShift(),
            fitted.answerShift(),
            fitted.findingShift());
      }
      String markers =
          String.join("\n", MarkerRates.rows(evaluation.records, evaluation.files, progress));
      return String.join(
          "\n",
          rates + markers + "\n",
          ChoiceRates.table(model, evaluation.records, evaluation.files, progress),
          ReferenceRates.table(model, evaluation.records, evaluation.files, progress),
          new PointingGame(model, evaluation.files)
              .table(evaluation.records, PointingGame.IMAGES_EACH, progress));
    }
  }

  private List<GuardSample> samples(GuardReading reading, Consumer<String> progress) {
    List<Callable<GuardSample>> tasks = new ArrayList<>();
    for (StatedRecord record : records) {
      tasks.add(() -> reading.read(record, files.read(record)));
      if (tasks.size() % CUT_EVERY == 0) {
        tasks.add(() -> reading.made("cut off", cut(files.read(record))));
      }
    }
    for (GeneratedImages.Generated drawn : GeneratedImages.all()) {
      tasks.add(() -> reading.made(drawn.kind(), drawn.image()));
    }
    return all(tasks, progress);
  }

  /** As a decoder leaves it that has lost its input after 60 % of the rows. */
  private static BufferedImage cut(BufferedImage image) {
    BufferedImage copy =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    copy.createGraphics().drawImage(image, 0, 0, null);
    for (int y = image.getHeight() * 6 / 10; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        copy.setRGB(x, y, 0x808080);
      }
    }
    return copy;
  }

  private static <T> List<T> all(List<Callable<T>> tasks, Consumer<String> progress) {
    return Steps.besideOneAnother(
        Steps.workersHere(),
        tasks,
        done -> {
          if (done % TOLD_EVERY == 0) {
            progress.accept(done + " of " + tasks.size() + " images");
          }
        });
  }
}
