package io.overread.vlm.evaluate;

import io.overread.vlm.model.ContrastiveFolder;
import io.overread.vlm.onnx.ExecutionProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fits a contrastive model's calibration, a line for each finding with enough of both kinds, and
 * writes the {@code overread.json} that states it with the digests of the folder.
 */
final class ContrastiveFit {
  private static final int LEAST_OF_EACH = 10;

  private ContrastiveFit() {}

  /**
   * Writes it.
   *
   * @throws UnusableDataException if there is not enough of any finding
   */
  static void write(Path file, Path folder, Predictions predictions) {
    Map<String, List<Prediction>> byQuestion =
        predictions.of(Task.FINDING_CONTRASTIVE).stream()
            .collect(
                Collectors.groupingBy(
                    p -> String.valueOf(p.question()), TreeMap::new, Collectors.toList()));
    ObjectNode manifest = ContrastiveFolder.read(folder, ExecutionProvider.CPU).describe();
    ObjectNode lines = manifest.putObject("calibration").putObject("by_question");
    byQuestion.forEach(
        (question, answers) -> {
          long yes = answers.stream().filter(Prediction::isTrue).count();
          if (Math.min(yes, answers.size() - yes) >= LEAST_OF_EACH) {
            LogisticFit fit = fit(answers);
            lines
                .putObject(question)
                .put("scale", rounded(fit.weights()[0]))
                .put("bias", rounded(fit.bias()));
          }
        });
    if (lines.isEmpty()) {
      throw new UnusableDataException(
          "no finding has "
              + LEAST_OF_EACH
              + " images with it and as many without: nothing to fit");
    }
    try {
      Files.writeString(
          file,
          JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be written: " + e.getMessage(), e);
    }
  }

  private static LogisticFit fit(List<Prediction> answers) {
    double[][] rows = new double[answers.size()][1];
    boolean[] truths = new boolean[answers.size()];
    for (int i = 0; i < rows.length; i++) {
      Double odds = answers.get(i).outcome().logOdds();
      rows[i][0] = odds == null ? 0 : odds;
      truths[i] = answers.get(i).isTrue();
    }
    return LogisticFit.of(rows, truths);
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
