package io.overread.vlm.evaluate;

import io.overread.vlm.EncodedStudy;
import io.overread.vlm.EngineSettings;
import io.overread.vlm.OnnxModel;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.finding.Finding;
import io.overread.vlm.finding.FindingCatalogues;
import io.overread.vlm.finding.FindingLocator;
import io.overread.vlm.finding.FindingRegion;
import io.overread.vlm.finding.FindingRegion.Point;
import io.overread.vlm.finding.LocatedFinding;
import io.overread.vlm.finding.Occlusion;
import io.overread.vlm.onnx.ExecutionProvider;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pointing game (Zhang et al., 2016): how often the point by which a model says where a finding
 * is lies in a box that people drew around it. Each way of locating is asked by itself.
 */
public final class PointingGame {

  private static final int MAX_NEW_TOKENS = 256;
  private static final int MAX_CONTEXT = 4096;

  /** Occlusion takes some forty encodings an image. */
  static final int IMAGES_EACH = 24;

  private static final Duration UNBOUNDED = Duration.ofDays(1);

  private final VisionLanguageModel model;
  private final ImageFiles files;

  PointingGame(VisionLanguageModel model, ImageFiles files) {
    this.model = model;
    this.files = files;
  }

  /**
   * Plays it on a folder.
   *
   * @param each at most so many images of a finding, evenly from all of them
   * @param progress told in a line now and then
   * @return a table in Markdown
   * @throws UnusableDataException if the data can't be used
   * @throws io.overread.vlm.failure.ModelFormatException if the model can't be loaded
   */
  public static String run(EvaluationSettings settings, int each, Consumer<String> progress) {
    ImageFiles files = new ImageFiles(settings.data());
    List<StatedRecord> records =
        RecordFile.read(settings.data()).stream().filter(settings.split()::holds).toList();
    files.require(records);
    EngineSettings engine =
        new EngineSettings(
            ExecutionProvider.CPU, 1, MAX_NEW_TOKENS, MAX_CONTEXT, settings.natives());
    try (VisionLanguageModel model = OnnxModel.load(settings.model(), engine)) {
      return new PointingGame(model, files).table(records, each, progress);
    }
  }

  String table(List<StatedRecord> records, int each, Consumer<String> progress) {
    List<StatedRecord> chosen = chosen(records, each);
    List<Callable<List<Pointed>>> tasks = new ArrayList<>();
    chosen.forEach(record -> tasks.add(() -> pointed(record)));
    progress.accept("pointing at " + tasks.size() + " images");
    List<Pointed> all =
        Steps.besideOneAnother(
                Steps.workersHere(),
                tasks,
                done -> progress.accept("pointed at " + done + " of " + tasks.size() + " images"))
            .stream()
            .flatMap(List::stream)
            .toList();
    StringBuilder table =
        new StringBuilder(
            "| pointing game | n | by the model's maps | by boxes that it writes | by occlusion |\n"
                + "| --- | --- | --- | --- | --- |\n");
    for (String finding : all.stream().map(Pointed::finding).distinct().sorted().toList()) {
      List<Pointed> some = all.stream().filter(p -> p.finding().equals(finding)).toList();
      table
          .append("| ")
          .append(finding)
          .append(" | ")
          .append(some.size())
          .append(" | ")
          .append(share(some, Pointed::byMap))
          .append(" | ")
          .append(share(some, Pointed::byBox))
          .append(" | ")
          .append(share(some, Pointed::byOcclusion))
          .append(" |\n");
    }
    return table.toString();
  }

  /** Evenly from those of each finding; one image may be of two. */
  static List<StatedRecord> chosen(List<StatedRecord> records, int each) {
    List<StatedRecord> boxed =
        records.stream().filter(record -> !record.boxes().isEmpty()).toList();
    Map<String, Integer> sizes = new HashMap<>();
    boxed.forEach(record -> sizes.merge(first(record), 1, Integer::sum));
    Map<String, Integer> seen = new HashMap<>();
    List<StatedRecord> chosen = new ArrayList<>();
    for (StatedRecord record : boxed) {
      long size = sizes.getOrDefault(first(record), 0);
      long at = seen.merge(first(record), 1, Integer::sum);
      long wanted = Math.min(each, size);
      if (at * wanted / size > (at - 1) * wanted / size) {
        chosen.add(record);
      }
    }
    return chosen;
  }

  private static String first(StatedRecord record) {
    return record.boxes().getFirst().finding();
  }

  private static String share(List<Pointed> some, Function<Pointed, @Nullable Boolean> by) {
    List<@Nullable Boolean> answers = some.stream().map(by).toList();
    if (answers.stream().allMatch(answer -> answer == null)) {
      return "-";
    }
    long hits = answers.stream().filter(Boolean.TRUE::equals).count();
    return String.format(Locale.ROOT, "%.0f %%", 100.0 * hits / some.size());
  }

  private List<Pointed> pointed(StatedRecord record) {
    BufferedImage image = files.read(record);
    List<Finding> findings =
        FindingCatalogues.shipped().all().stream()
            .flatMap(catalogue -> catalogue.findings().stream())
            .filter(f -> record.boxes().stream().anyMatch(box -> box.finding().equals(f.id())))
            .distinct()
            .toList();
    Map<String, FindingRegion> occluded = Occlusion.regions(model, image, findings, UNBOUNDED);
    FindingLocator locator = new FindingLocator(model, UNBOUNDED);
    List<Pointed> pointed = new ArrayList<>();
    try (EncodedStudy study = model.encode(List.of(image))) {
      for (Finding finding : findings) {
        boolean asks = model.groundingQuestion(finding.name()).isPresent();
        boolean maps = model.mappedFindings().contains(finding.id());
        Optional<Point> map = study.region(finding.id()).map(FindingRegion::peak);
        Optional<Point> box = locator.boxed(study, finding).map(PointingGame::middle);
        Optional<Point> dark =
            Optional.ofNullable(occluded.get(finding.id())).map(FindingRegion::peak);
        pointed.add(
            new Pointed(
                finding.id(),
                maps ? hits(record, finding, map) : null,
                asks ? hits(record, finding, box) : null,
                hits(record, finding, dark)));
      }
    }
    return pointed;
  }

  private static Point middle(LocatedFinding located) {
    FindingRegion.Box box = located.box();
    return new Point(box.x() + box.width() / 2, box.y() + box.height() / 2);
  }

  private static boolean hits(StatedRecord record, Finding finding, Optional<Point> point) {
    return point.isPresent()
        && record.boxes().stream()
            .filter(box -> box.finding().equals(finding.id()))
            .anyMatch(box -> box.box().contains(point.get()));
  }

  /** Whether the point lies in the box, each way; null: the model has not this way. */
  private record Pointed(
      String finding, @Nullable Boolean byMap, @Nullable Boolean byBox, boolean byOcclusion) {}
}
