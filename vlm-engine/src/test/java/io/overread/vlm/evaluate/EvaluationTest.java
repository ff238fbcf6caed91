package io.overread.vlm.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.overread.vlm.evaluate.EvaluationSettings.Split;
import io.overread.vlm.model.ShippedModel;
import io.overread.vlm.tiny.TinyModel;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole evaluation, on a handful of drawn images. */
class EvaluationTest {

  private static final Path NATIVES = Path.of("target", "natives");

  /** Of the shipped model; its run takes a while, mostly for the images that it is to refuse. */
  private static EvaluationReport shipped;

  private static final List<String> PROGRESS = new ArrayList<>();

  @TempDir Path data;

  @BeforeAll
  static void evaluateTheShippedModel(@TempDir Path data) throws IOException {
    draw(data);
    Path model = ShippedModel.extractTo(Path.of("target", "models"));
    shipped = Evaluation.run(settings(data, model, Optional.empty()), PROGRESS::add);
  }

  @BeforeEach
  void draw() throws IOException {
    draw(data);
  }

  private static void draw(Path data) throws IOException {
    Files.createDirectories(data.resolve("images"));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      lines.add(
          record(
              data,
              "child" + i,
              "kermany-cxr",
              "XR",
              "Chest",
              i % 2 == 0
                  ? "\"NORMAL\""
                  : "\"PNEUMONIA\",\"" + (i == 1 ? "virus" : "bacteria") + "\"",
              ""));
    }
    for (int i = 0; i < 3; i++) {
      lines.add(
          record(
              data,
              "brain" + i,
              "figshare-brain-tumor",
              "MR",
              "Head",
              "\"glioma\"",
              ",\"boxes\":[{\"label\":\"glioma\",\"xywh_relative\":[0.25,0.25,0.5,0.5]}]"));
    }
    lines.add(
        record(
            data,
            "adult",
            "nih-chestxray14",
            "XR",
            "Chest",
            "\"Mass\"",
            ",\"age\":\"057\",\"sex\":\"F\",\"boxes\":[{\"label\":\"Mass\",\"xywh_1024\":[0,0,512,512]}]"));
    lines.add(
        record(
            data,
            "asked",
            "vqa-rad",
            "CT",
            "Abdomen",
            "",
            ",\"qa\":[{\"question\":\"Is the  liver"
                + " normal?\",\"answer\":\"Yes\",\"type\":\"PRES/CLOSED\"},{\"question\":\"Where is"
                + " it?\",\"answer\":\"in the liver\",\"type\":\"POS/OPEN\"}]"));
    lines.add(
        record(data, "other-split", "busi", "US", "Breast", "\"benign\"", "")
            .replace("\"dev\"", "\"train\""));
    Files.write(data.resolve("records.jsonl"), lines);
  }

  @Test
  void every_figure_can_be_computed_again_from_the_predictions() throws IOException {
    Path json = data.resolve("figures.json");
    Path file = data.resolve("predictions.jsonl");
    shipped.writeFigures(json);
    shipped.writePredictions(file);
    JsonNode figures = JsonMapper.shared().readTree(json);
    List<JsonNode> predictions = lines(file);

    List<JsonNode> children =
        predictions.stream()
            .filter(p -> p.get("task").stringValue().equals("finding"))
            .filter(p -> p.get("source").stringValue().equals("kermany-cxr"))
            .filter(p -> p.get("finding").stringValue().equals("pneumonia"))
            .toList();
    assertThat(children)
        .hasSize(6)
        .allMatch(
            p ->
                p.get("answer")
                    .stringValue()
                    .equals(p.get("probability").doubleValue() >= 0.5 ? "yes" : "no"));
    JsonNode auroc = row(figures, "children: normal against pneumonia, AUROC");
    assertThat(auroc.get("n").intValue()).isEqualTo(6);
    assertThat(auroc.get("measured").doubleValue()).isCloseTo(pairsWon(children), within(1e-12));

    JsonNode modality = row(figures, "modality");
    assertThat(modality.get("measured").doubleValue())
        .isCloseTo(
            predictions.stream()
                .filter(p -> p.get("task").stringValue().equals("modality"))
                .mapToInt(
                    p ->
                        p.path("answer").asString("").equalsIgnoreCase(p.get("truth").stringValue())
                            ? 1
                            : 0)
                .average()
                .orElseThrow(),
            within(1e-12));
    assertThat(PROGRESS).last().asString().contains("figures");
  }

  @Test
  void a_folder_that_was_broken_off_goes_on_from_predictions_that_keep_every_bit()
      throws IOException {
    Path checkpoint = data.resolve("done.jsonl");
    Path whole = data.resolve("whole.jsonl");
    Path again = data.resolve("again.jsonl");
    EvaluationSettings settings = settings(TinyModel.REGIONS.folder(), Optional.empty());
    RunSettings run =
        new RunSettings(ModelOpener.FOLDERS, Optional.of(checkpoint), Progress.lines(line -> {}));
    Evaluation.run(settings, run).writePredictions(whole);
    List<String> done = Files.readAllLines(checkpoint);
    Files.write(checkpoint, done.subList(0, done.size() / 2));
    Evaluation.run(settings, run).writePredictions(again);
    assertThat(again).hasSameTextualContentAs(whole);
    assertThat(Files.readAllLines(checkpoint)).hasSameSizeAs(done);
  }

  @Test
  void the_report_says_what_was_measured_on_what() throws IOException {
    Path json = data.resolve("sub").resolve("figures.json");
    Files.createDirectories(json.getParent());
    shipped.writeFigures(json);
    JsonNode figures = JsonMapper.shared().readTree(json);
    assertThat(figures.at("/model/name").stringValue()).isEqualTo("overread-mini");
    assertThat(figures.at("/model/digest").stringValue()).hasSize(64);
    assertThat(figures.at("/data/images").intValue()).isEqualTo(11);
    assertThat(figures.at("/data/images_by_source/kermany-cxr").intValue()).isEqualTo(6);
    assertThat(figures.get("risk_coverage").size()).isEqualTo(12 + 9 + 15);
    assertThat(figures.get("refusal_threshold").doubleValue()).isBetween(0.0, 1.0);
    assertThat(figures.at("/median_milliseconds/image").doubleValue()).isPositive();
    assertThat(row(figures, "brain MR: tumor of three, highest log odds").get("aim").doubleValue())
        .isEqualTo(0.96);
    assertThat(figures.get("subgroups").valueStream().map(part -> part.get("name").stringValue()))
        .contains("F", "40-64", "kermany-cxr")
        .doesNotContain("M");
    BufferedImage curve = ImageIO.read(json.resolveSibling("figures-risk-coverage.png").toFile());
    assertThat(curve.getWidth()).isEqualTo(800);
    assertThat(shipped.markdown())
        .contains("| task | n | measured | 95 % interval | at least | aim | majority or chance |")
        .contains("| children: bacteria against virus, AUROC | 3 |")
        .contains("refused at 5 % false refusal: text page")
        .contains("| pointing game: brain tumor | 3 |");
  }

  @Test
  void a_model_that_points_is_measured_against_the_boxes() throws IOException {
    BufferedImage dark = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = dark.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(28, 28, 8, 8);
    pen.dispose();
    for (int i = 0; i < 2; i++) { // of three, the third stays as it was: dark in the middle
      ImageIO.write(dark, "jpg", data.resolve("images/brain" + i + ".jpg").toFile());
    }
    EvaluationReport report =
        Evaluation.run(settings(TinyModel.REGIONS.folder(), Optional.empty()), line -> {});
    assertThat(report.markdown())
        .contains("| pointing game: brain tumor | 3 | 66.7 % |")
        .contains("chance 25.0 %");
  }

  @Test
  void answers_are_compared_with_those_of_another_implementation() throws IOException {
    Path once = data.resolve("once.jsonl");
    Path model = TinyModel.PLAIN.folder();
    Evaluation.run(settings(model, Optional.empty()), line -> {}).writePredictions(once);
    JsonNode said =
        lines(once).stream()
            .filter(p -> p.get("task").stringValue().equals("body-part"))
            .findFirst()
            .orElseThrow();
    Path reference = data.resolve("reference.jsonl");
    Files.writeString(
        reference,
        "{\"id\":%s,\"question\":%s,\"answer\":%s}%n{\"id\":\"other-split\",\"question\":\"What is it?\",\"answer\":\"a barn owl\"}%n"
            .formatted(said.get("id"), said.get("question"), said.get("answer")));
    assertThat(Evaluation.run(settings(model, Optional.of(reference)), line -> {}).markdown())
        .contains("parity with the reference: same greedy answers | 2 | 50.0 %")
        .contains("- other-split, \"What is it?\":")
        .contains("the reference \"a barn owl\"");
  }

  @Test
  void other_images_are_to_be_refused_too_and_are_a_row_of_their_own() throws IOException {
    Files.createDirectories(data.resolve("other/photos"));
    picture(data.resolve("other/photos/a.png"), "png", 3);
    Files.writeString(data.resolve("other/README.txt"), "no image");
    assertThat(
            Evaluation.run(settings(TinyModel.PLAIN.folder(), Optional.empty()), line -> {})
                .markdown())
        .contains("refused at 5 % false refusal: other | 1 |");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\" | records.jsonl, line 2: no valid JSON",
        "[1] | records.jsonl, line 2: no JSON object",
        "{} | records.jsonl, line 2: id is missing",
        "{\"id\":7} | records.jsonl, line 2: id is no text",
        "{\"id\":\"child0\",\"image\":\"images/child0.jpg\",\"source\":\"s\",\"group\":\"g\",\"split\":\"dev\"}"
            + " | line 2: the id child0 is there already",
        "{\"id\":\"n\",\"image\":\"images/none.jpg\",\"source\":\"s\",\"group\":\"g\",\"split\":\"dev\"}"
            + " | the image of n is missing: images/none.jpg",
        "{\"id\":\"n\",\"image\":\"../../etc/passwd\",\"source\":\"s\",\"group\":\"g\",\"split\":\"dev\"}"
            + " | the image of n lies outside of the folder",
        "{\"id\":\"n\",\"image\":\"records.jsonl\",\"source\":\"s\",\"group\":\"g\",\"split\":\"dev\"}"
            + " | no image that can be read",
        "{\"id\":\"n\",\"image\":\"i\",\"source\":\"s\",\"group\":\"g\",\"split\":\"dev\",\"boxes\":[{\"label\":\"mass\"}]}"
            + " | line 2: a box needs",
        "{\"id\":\"n\",\"image\":\"i\",\"source\":\"s\",\"group\":\"g\",\"split\":\"dev\",\"qa\":[{}]}"
            + " | line 2: a question or its answer is missing"
      })
  void a_broken_record_is_told_with_its_line(String line, String message) throws IOException {
    List<String> records = Files.readAllLines(data.resolve("records.jsonl"));
    records.set(1, line);
    Files.write(data.resolve("records.jsonl"), records);
    assertThatThrownBy(
            () -> Evaluation.run(settings(TinyModel.PLAIN.folder(), Optional.empty()), l -> {}))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void a_folder_without_records_and_a_reference_of_no_record_are_told() throws IOException {
    Path reference = data.resolve("reference.jsonl");
    Files.writeString(reference, "{\"id\":\"nobody\",\"question\":\"?\",\"answer\":\"!\"}");
    assertThatThrownBy(
            () ->
                Evaluation.run(settings(TinyModel.PLAIN.folder(), Optional.of(reference)), l -> {}))
        .hasMessageContaining("reference.jsonl, line 1: no record has the id nobody");
    Files.delete(data.resolve("records.jsonl"));
    assertThatThrownBy(
            () -> Evaluation.run(settings(TinyModel.PLAIN.folder(), Optional.empty()), l -> {}))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("there is no records.jsonl in it");
  }

  private EvaluationSettings settings(Path model, Optional<Path> reference) {
    return settings(data, model, reference);
  }

  private static EvaluationSettings settings(Path data, Path model, Optional<Path> reference) {
    return new EvaluationSettings(data, model, NATIVES, Split.DEV, reference);
  }

  private static String record(
      Path data, String id, String source, String modality, String part, String labels, String more)
      throws IOException {
    picture(data.resolve("images/" + id + ".jpg"), "jpg", id.hashCode());
    return ("{\"id\":\"%s\",\"image\":\"images/%s.jpg\",\"source\":\"%s\",\"modality\":\"%s\","
                + "\"body_part\":\"%s\",\"view\":null,\"split\":\"dev\",\"group\":\"g%s\",\"labels\":[%s]%s}")
        .formatted(id, id, source, modality, part, id, labels, more);
  }

  /** A dark disc on clouds of its own. */
  private static void picture(Path file, String format, int seed) throws IOException {
    BufferedImage image = new BufferedImage(96, 96, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 96; y++) {
      for (int x = 0; x < 96; x++) {
        double far = Math.hypot(x - 48, y - 48);
        double wave = 40 * Math.sin((x * (seed % 7) + y * (seed % 5)) / 20.0);
        image.getRaster().setSample(x, y, 0, (int) Math.clamp(far * 3 + wave + 20, 0, 255));
      }
    }
    ImageIO.write(image, format, file.toFile());
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(JsonMapper.shared()::readTree).toList();
    }
  }

  private static JsonNode row(JsonNode figures, String task) {
    return figures
        .get("rows")
        .valueStream()
        .filter(row -> row.get("task").stringValue().equals(task))
        .findFirst()
        .orElseThrow();
  }

  /** The area under the ROC curve as its definition says. */
  private static double pairsWon(List<JsonNode> predictions) {
    double won = 0;
    int pairs = 0;
    for (JsonNode yes : predictions) {
      for (JsonNode no : predictions) {
        if (yes.get("truth").stringValue().equals("yes")
            && no.get("truth").stringValue().equals("no")) {
          pairs++;
          int order =
              Double.compare(
                  yes.get("probability").doubleValue(), no.get("probability").doubleValue());
          won += order > 0 ? 1 : order == 0 ? 0.5 : 0;
        }
      }
    }
    return won / pairs;
  }
}
