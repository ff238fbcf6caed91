package io.overread.vlm.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** All figures of a run. They come from its answers and the times alone. */
public final class EvaluationReport {

  private final About about;
  private final Predictions predictions;
  private final List<ObjectNode> answers;
  private final StepTimes.Medians times;
  private final Figures figures;

  private EvaluationReport(
      About about,
      List<Prediction> predictions,
      List<ObjectNode> answers,
      StepTimes.Medians times,
      Figures figures) {
    this.about = about;
    this.predictions = new Predictions(predictions);
    this.answers = List.copyOf(answers);
    this.times = times;
    this.figures = figures;
  }

  /** Of a folder of images. */
  static EvaluationReport of(About about, List<Prediction> predictions, StepTimes.Medians times) {
    return new EvaluationReport(
        about,
        predictions,
        predictions.stream().map(JsonFigures::of).toList(),
        times,
        Figures.of(new Predictions(predictions)));
  }

  /** Of a set of questions. */
  static EvaluationReport ofQuestions(
      About about, List<Answered> answered, StepTimes.Medians times) {
    return new EvaluationReport(
        about,
        List.of(),
        answered.stream().map(AnsweredJson::line).toList(),
        times,
        QuestionFigures.of(answered));
  }

  About about() {
    return about;
  }

  List<Row> rows() {
    return figures.rows();
  }

  List<Subgroup> subgroups() {
    return figures.subgroups();
  }

  List<RiskCoverage.Kept> curve() {
    return figures.curve();
  }

  StepTimes.Medians times() {
    return times;
  }

  /** From which probability on an image counts as refused; NaN where no real one was read. */
  double refusalThreshold() {
    List<Prediction> real = predictions.of(Task.REFUSAL, p -> !p.isTrue());
    return real.isEmpty() ? Double.NaN : RefusalThreshold.of(real);
  }

  /** Answers that another implementation words otherwise. */
  List<Prediction> differences() {
    return predictions.of(Task.PARITY, p -> !p.answer().equals(p.truth().strip()));
  }

  Figures figures() {
    return figures;
  }

  /** Writes all of it as one HTML page with plots, which needs nothing from elsewhere. */
  public void writePage(Path html) {
    try {
      Files.writeString(html, ReportPage.of(this).html(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the page can't be written: " + e.getMessage(), e);
    }
  }

  /** The tables, in Markdown. */
  public String markdown() {
    return MarkdownTables.of(this);
  }

  /** Writes the figures as JSON, and the risk-coverage curve as a picture beside it. */
  public void writeFigures(Path json) {
    try {
      Files.writeString(
          json,
          JsonMapper.shared()
                  .writerWithDefaultPrettyPrinter()
                  .writeValueAsString(JsonFigures.of(this))
              + "\n",
          StandardCharsets.UTF_8);
      ImageIO.write(RiskCoveragePicture.of(figures.curve()), "png", picture(json).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("the figures can't be written: " + e.getMessage(), e);
    }
  }

  static Path picture(Path json) {
    String name = String.valueOf(json.getFileName()).replaceFirst("\\.json$", "");
    return json.resolveSibling(name + "-risk-coverage.png");
  }

  /** Writes one JSON line an answer. */
  public void writePredictions(Path file) {
    StringBuilder lines = new StringBuilder();
    answers.forEach(answer -> lines.append(answer).append('\n'));
    try {
      Files.writeString(file, lines, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the predictions can't be written: " + e.getMessage(), e);
    }
  }
}
