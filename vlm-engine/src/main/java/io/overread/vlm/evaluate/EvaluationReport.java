package io.overread.vlm.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import tools.jackson.databind.json.JsonMapper;

/** All figures of a run. They come from its predictions and the times alone. */
public final class EvaluationReport {

  private final About about;
  private final Predictions predictions;
  private final StepTimes.Medians times;
  private final List<Row> rows;
  private final List<Subgroup> subgroups;
  private final List<RiskCoverage.Kept> curve;

  EvaluationReport(About about, List<Prediction> predictions, StepTimes.Medians times) {
    this.about = about;
    this.predictions = new Predictions(predictions);
    this.times = times;
    List<Row> all = new ArrayList<>(ReadingRows.of(this.predictions));
    all.addAll(QuestionRows.of(this.predictions));
    all.addAll(TrustRows.of(this.predictions));
    this.rows = List.copyOf(all);
    this.subgroups = Subgroup.of(this.predictions);
    this.curve = RiskCoverage.of(this.predictions.of(Task.FINDING));
  }

  About about() {
    return about;
  }

  List<Row> rows() {
    return rows;
  }

  List<Subgroup> subgroups() {
    return subgroups;
  }

  List<RiskCoverage.Kept> curve() {
    return curve;
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
      ImageIO.write(RiskCoveragePicture.of(curve), "png", picture(json).toFile());
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
    predictions.all().forEach(p -> lines.append(JsonFigures.of(p)).append('\n'));
    try {
      Files.writeString(file, lines, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the predictions can't be written: " + e.getMessage(), e);
    }
  }
}
