package io.overread.vlm.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.vlm.evaluate.Prediction.Outcome;
import io.overread.vlm.model.ContrastiveFolder;
import io.overread.vlm.onnx.ExecutionProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BesideFiguresTest {
  private static final Path SIGLIP =
      Path.of("src/test/resources/io/overread/vlm/contrastive/siglip");
  private static final String QUESTION = "Is there a pleural effusion?";

  @TempDir Path folder;

  @Test
  void the_generator_the_contrastive_model_and_both_are_compared_on_the_same_findings() {
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      boolean truth = i % 2 == 0;
      predictions.add(prediction(Task.FINDING, i, truth, 0));
      predictions.add(prediction(Task.FINDING_CONTRASTIVE, i, truth, truth ? 2 : -2));
      if (i < 10) {
        predictions.add(prediction(Task.FINDING_BESIDE, i, truth, truth ? 1 : -1));
      }
    }
    List<Row> rows = BesideRows.of(new Predictions(predictions));
    assertThat(rows)
        .extracting(Row::task)
        .containsExactly(
            "a: mean AUROC over findings, generator alone",
            "a: mean AUROC over findings, contrastive",
            "a: mean AUROC over findings, both",
            "expected calibration error, findings of both: generator alone",
            "expected calibration error, findings of both: contrastive",
            "expected calibration error, findings of both: both");
    assertThat(rows).extracting(Row::n).containsOnly(10);
    assertThat(rows.subList(0, 3))
        .extracting(row -> row.interval().measured())
        .containsExactly(0.5, 1.0, 1.0);
    assertThat(BesideRows.of(new Predictions(List.of()))).isEmpty();
  }

  @Test
  void a_fitted_calibration_is_that_of_the_folder_that_it_is_put_into() throws IOException {
    Path model = copy();
    Path fitted = folder.resolve("fitted.json");
    List<Prediction> few = readings(19);
    assertThatThrownBy(() -> ContrastiveFit.write(fitted, model, new Predictions(few)))
        .isInstanceOf(UnusableDataException.class);

    ContrastiveFit.write(fitted, model, new Predictions(readings(200)));
    Files.move(fitted, model.resolve("overread.json"));
    ContrastiveFolder read = ContrastiveFolder.read(model, ExecutionProvider.CPU);
    assertThat(read.compareDigests()).isEmpty();
    assertThat(read.calibration().isFittedFor(QUESTION)).isTrue();
    assertThat(read.calibration().isFittedFor("Is there a mass?")).isFalse();
    assertThat(read.calibration().probability(QUESTION, 3)).isBetween(0.7, 0.8);
    assertThat(read.calibration().probability(QUESTION, -3)).isBetween(0.2, 0.3);
  }

  /** Three in four are as the log odds say. */
  private static List<Prediction> readings(int count) {
    List<Prediction> readings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean truth = i % 2 == 0;
      boolean right = i % 8 < 6;
      readings.add(prediction(Task.FINDING_CONTRASTIVE, i, truth, truth == right ? 3 : -3));
    }
    return readings;
  }

  private static Prediction prediction(Task task, int image, boolean truth, double logOdds) {
    return new Prediction(
        Subject.alone("i" + image, "a"),
        task,
        "effusion",
        QUESTION,
        "",
        truth ? Prediction.YES : Prediction.NO,
        new Outcome(null, 1 / (1 + Math.exp(-logOdds)), logOdds, 0, false, null, List.of()));
  }

  private Path copy() throws IOException {
    Path copy = folder.resolve("tiny");
    try (Stream<Path> files = Files.walk(SIGLIP)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(SIGLIP.relativize(file).toString());
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        Files.copy(file, target);
      }
    }
    return copy;
  }
}
