package io.overread.vlm.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.vlm.evaluate.EvaluationSettings.Split;
import io.overread.vlm.evaluate.published.PublishedFormat;
import io.overread.vlm.tiny.TinyModel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A set of our own, asked of a tiny random model: what is counted, and that a run goes on. */
class QuestionEvaluationTest {

  private static final int IMAGES = 6;

  @TempDir Path data;

  @BeforeEach
  void draw() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
      image.getRaster().setSample(i, i, 0, 255);
      ImageIO.write(image, "png", data.resolve(i + ".png").toFile());
      lines.add(
          line(i, "closed", "Is it bright " + i % 3 + "?", i % 2 == 0 ? "yes" : "no", "")
              .replace(
                  "}", ",\"sex\":\"" + (i % 2 == 0 ? "M" : "F") + "\",\"manufacturer\":\"ACME\"}"));
      lines.add(line(i, "open", "What is it?", "a small disc", ""));
      if (i == 0) {
        lines.add(line(i, "report", "Describe.", "There is a nodule. No effusion.", ""));
      }
      lines.add(line(i, "open", "Which?", "right", ",\"choices\":[\"left\",\"right\"]"));
    }
    Files.write(data.resolve("questions.jsonl"), lines);
  }

  private static String line(int i, String kind, String question, String answer, String more) {
    return "{\"id\":\"%s-%d-%s\",\"image\":\"%d.png\",\"kind\":\"%s\",\"type\":\"%s\",\"question\":\"%s\",\"answer\":\"%s\"%s}"
        .formatted(kind, i, answer, i, kind, kind, question, answer, more);
  }

  @Test
  void every_figure_of_a_set_is_there_and_the_page_needs_nothing_from_elsewhere()
      throws IOException {
    EvaluationReport report = run(Optional.empty(), Progress.lines(line -> {}));
    Path json = data.resolve("figures.json");
    report.writeFigures(json);
    JsonNode figures = JsonMapper.shared().readTree(json);
    assertThat(figures.get("rows").valueStream().map(row -> row.get("task").stringValue()))
        .contains(
            "accuracy (right choice, same words)",
            "closed, accuracy",
            "open, accuracy",
            "open, exact match",
            "open, token F1",
            "open, BLEU-1",
            "open, BLEU-4",
            "open, ROUGE-L",
            "reports, ROUGE-L",
            "reports, findings: recall",
            "accuracy on a black image",
            "accuracy lost on another question's image",
            "yes/no, AUROC",
            "yes/no, expected calibration error",
            "answers in words, expected calibration error",
            "area under the risk-coverage curve");
    assertThat(row(figures, "closed, accuracy").get("n").intValue()).isEqualTo(2 * IMAGES);
    assertThat(row(figures, "closed, accuracy").path("majority").isNumber()).isTrue();
    assertThat(figures.get("subgroups").valueStream().map(part -> part.get("name").stringValue()))
        .containsExactly("F", "M", "ACME");
    assertThat(figures.get("subgroup_gaps").size()).isLessThanOrEqualTo(1);

    Path page = data.resolve("page.html");
    report.writePage(page);
    assertThat(Files.readString(page))
        .contains("<h2 id=\"plot-title-0\">By task</h2>", "Risk and coverage", "Reliability")
        .contains("role=\"img\"")
        .doesNotContain("<script", "http://", "https://", "src=", "url(");
    Path answers = data.resolve("answers.jsonl");
    report.writePredictions(answers);
    assertThat(Files.readAllLines(answers)).hasSize((IMAGES * 3 + 1) * 3);
  }

  @Test
  void a_run_that_was_broken_off_goes_on_and_its_figures_are_the_same() throws IOException {
    Path checkpoint = data.resolve("done.jsonl");
    List<String> told = new ArrayList<>();
    JsonNode whole = figures(run(Optional.of(checkpoint), Progress.lines(told::add)));
    assertThat(told).noneMatch(line -> line.startsWith("going on"));

    byte[] all = Files.readAllBytes(checkpoint);
    String text = new String(all, StandardCharsets.UTF_8);
    int tenth = 0;
    for (int lines = 0; lines < 3; lines++) {
      tenth = text.indexOf('\n', tenth) + 1;
    }
    int within = text.substring(0, tenth).getBytes(StandardCharsets.UTF_8).length + 40;
    Files.write(checkpoint, Arrays.copyOf(all, within)); // a kill in the midst of a line
    JsonNode again = figures(run(Optional.of(checkpoint), Progress.lines(told::add)));
    assertThat(told).contains("going on after 2 images");
    assertThat(again).isEqualTo(whole);
    assertThat(Files.readAllLines(checkpoint)).hasSize(IMAGES + 1);

    assertThatThrownBy(
            () ->
                QuestionEvaluation.run(
                    new QuestionSettings(
                        base(),
                        PublishedFormat.JSON_LINES,
                        data.resolve("shelf"),
                        true,
                        "Briefly."),
                    settings(Optional.of(checkpoint), Progress.lines(line -> {}))))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("it is of another run");
  }

  @Test
  void a_bar_is_drawn_over_itself_on_a_terminal() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Progress bar = Progress.bar(new PrintStream(out, true, StandardCharsets.UTF_8));
    bar.done(1, 4, 60);
    bar.done(4, 4, 240);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("\r[#######-----------------------] 1 of 4 images, 1:00, about 3:00 left")
        .contains("4 of 4 images, 4:00, about 0:00 left")
        .endsWith(System.lineSeparator());
  }

  private static JsonNode figures(EvaluationReport report) {
    ObjectNode json = JsonFigures.of(report);
    json.remove("median_milliseconds");
    ((ObjectNode) json.get("engine")).remove("seconds");
    return json;
  }

  private EvaluationReport run(Optional<Path> checkpoint, Progress progress) {
    return QuestionEvaluation.run(
        new QuestionSettings(base(), PublishedFormat.JSON_LINES, data.resolve("shelf"), true, ""),
        settings(checkpoint, progress));
  }

  private static RunSettings settings(Optional<Path> checkpoint, Progress progress) {
    return new RunSettings(ModelOpener.FOLDERS, checkpoint, progress);
  }

  private EvaluationSettings base() {
    return new EvaluationSettings(
        data, TinyModel.PLAIN.folder(), Path.of("target", "natives"), Split.DEV, Optional.empty());
  }

  private static JsonNode row(JsonNode figures, String task) {
    return figures
        .get("rows")
        .valueStream()
        .filter(row -> row.get("task").stringValue().equals(task))
        .findFirst()
        .orElseThrow();
  }
}
