package io.overread.vlm.measure;

import io.overread.vlm.EncodedStudy;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.finding.BatteryProgress;
import io.overread.vlm.finding.Finding;
import io.overread.vlm.finding.FindingBattery;
import io.overread.vlm.finding.FindingCatalogue;
import io.overread.vlm.finding.FindingCatalogues;
import io.overread.vlm.finding.ScoredFinding;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import tools.jackson.databind.json.JsonMapper;

/**
 * How well the finding battery ranks and answers on the dev part of a folder with {@code
 * records.jsonl} and {@code images/}: {@code EngineEvaluation DATA [MODEL|shipped [EVERY_NTH]]}.
 * Beside each figure stand what always giving the commoner answer gets, and what the model gets
 * from a black image: a model that reads its images beats both.
 */
public final class EngineEvaluation {

  private static final int EDGE = 256;

  private final VisionLanguageModel model;
  private final Map<String, FindingCatalogue> catalogues;
  private final Map<String, Map<String, Double>> blank = new TreeMap<>();
  private final Map<String, Evaluated> seen = new TreeMap<>();
  private final Map<String, Evaluated> unseen = new TreeMap<>();

  private EngineEvaluation(VisionLanguageModel model) {
    this.model = model;
    this.catalogues =
        FindingCatalogues.shipped().all().stream()
            .collect(Collectors.toMap(FindingCatalogue::id, Function.identity()));
  }

  /** Prints a Markdown table, one row for each source and finding. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0) {
      throw new IllegalArgumentException("EngineEvaluation DATA [MODEL|shipped [EVERY_NTH]]");
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path data = Path.of(arguments[0]);
    int step = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
    try (VisionLanguageModel model =
            MeasuredModel.load(arguments.length > 1 ? arguments[1] : "shipped", 2);
        Stream<String> lines = Files.lines(data.resolve("records.jsonl"))) {
      EngineEvaluation evaluation = new EngineEvaluation(model);
      List<StatedFindings> records =
          lines
              .map(line -> new StatedFindings(JsonMapper.shared().readTree(line)))
              .filter(record -> record.isDev() && record.catalogue().isPresent())
              .toList();
      for (int i = 0; i < records.size(); i += step) {
        evaluation.evaluate(data, records.get(i));
      }
      out.println(model.identity());
      evaluation.print(out);
    }
  }

  private void evaluate(Path data, StatedFindings record) throws IOException {
    FindingCatalogue catalogue = catalogues.get(record.catalogue().orElseThrow());
    if (catalogue == null) {
      return;
    }
    Map<String, Double> read =
        probabilities(ImageIO.read(data.resolve(record.image()).toFile()), catalogue);
    Map<String, Double> unread =
        blank.computeIfAbsent(catalogue.id(), id -> probabilities(black(), catalogue));
    for (Finding finding : catalogue.findings()) {
      Boolean truth = record.truth(finding.id());
      Double probability = read.get(finding.id());
      Double baseline = unread.get(finding.id());
      if (truth != null && probability != null && baseline != null) {
        String row = record.source() + " | " + finding.id();
        seen.computeIfAbsent(row, key -> new Evaluated()).add(probability, truth);
        unseen.computeIfAbsent(row, key -> new Evaluated()).add(baseline, truth);
      }
    }
  }

  private Map<String, Double> probabilities(BufferedImage image, FindingCatalogue catalogue) {
    try (EncodedStudy study = model.encode(List.of(image))) {
      return FindingBattery.run(model, study, catalogue, BatteryProgress.NONE).stream()
          .collect(Collectors.toMap(s -> s.finding().id(), ScoredFinding::probability));
    }
  }

  private void print(PrintStream out) {
    out.println(
        "| source | finding | images | yes | AUROC | accuracy | majority | black image | Brier |");
    out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    seen.forEach(
        (row, evaluated) -> {
          Evaluated baseline = unseen.get(row);
          out.printf(
              "| %s | %d | %d | %.3f | %.3f | %.3f | %.3f | %.3f |%n",
              row,
              evaluated.size(),
              evaluated.positive(),
              evaluated.auroc(),
              evaluated.accuracy(),
              evaluated.majority(),
              baseline == null ? Double.NaN : baseline.accuracy(),
              evaluated.brier());
        });
  }

  private static BufferedImage black() {
    return new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_BYTE_GRAY);
  }
}
