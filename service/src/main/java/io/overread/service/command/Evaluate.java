package io.overread.service.command;

import io.overread.service.settings.OverreadSettings;
import io.overread.vlm.evaluate.Evaluation;
import io.overread.vlm.evaluate.EvaluationReport;
import io.overread.vlm.evaluate.EvaluationSettings;
import io.overread.vlm.evaluate.EvaluationSettings.Split;
import io.overread.vlm.evaluate.UnusableDataException;
import io.overread.vlm.failure.EngineException;
import io.overread.vlm.model.ShippedModel;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code evaluate}: how often a model is right on a folder of images with known answers. */
final class Evaluate {
  private static final Set<String> OPTIONS =
      Set.of("--data", "--model", "--split", "--json", "--predictions", "--reference");

  private Evaluate() {}

  static int run(List<String> words) {
    return run(words, Environment.ofProcess());
  }

  static int run(List<String> words, Environment environment) {
    Map<String, String> options = options(words);
    String data = options.get("--data");
    if (data == null) {
      throw new UsageException("say: evaluate --data FOLDER");
    }
    Optional<Path> json = path(options, "--json");
    Optional<Path> predictions = path(options, "--predictions");
    Split split = split(options.getOrDefault("--split", "dev"));
    PrintStream table = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream standard = System.out;
    System.setOut(System.err); // what libraries log must not stand in the table
    try {
      json.ifPresent(Evaluate::requireWritable);
      predictions.ifPresent(Evaluate::requireWritable);
      OverreadSettings home = environment.settings();
      EvaluationSettings settings =
          new EvaluationSettings(
              Path.of(data),
              path(options, "--model")
                  .orElseGet(() -> ShippedModel.extractTo(home.home().resolve("model"))),
              home.home().resolve("native"),
              split,
              path(options, "--reference"));
      EvaluationReport report = Evaluation.run(settings, System.err::println);
      predictions.ifPresent(report::writePredictions);
      json.ifPresent(report::writeFigures);
      table.print(report.markdown());
      table.flush();
      return CommandLine.DONE;
    } catch (UnusableDataException | EngineException | UncheckedIOException e) {
      System.err.println("overread: " + e.getMessage());
      return CommandLine.USAGE;
    } finally {
      System.setOut(standard);
    }
  }

  private static Map<String, String> options(List<String> words) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < words.size(); i += 2) {
      String option = words.get(i);
      if (!OPTIONS.contains(option)) {
        throw new UsageException("evaluate has no option '" + option + "'");
      }
      if (i + 1 == words.size()) {
        throw new UsageException(option + " needs a value");
      }
      if (options.put(option, words.get(i + 1)) != null) {
        throw new UsageException(option + " is there twice");
      }
    }
    return options;
  }

  private static Split split(String word) {
    return switch (word) {
      case "dev" -> Split.DEV;
      case "train" -> Split.TRAIN;
      case "all" -> Split.ALL;
      default ->
          throw new UsageException(
              "--split is dev, train or all, not " + word.toLowerCase(Locale.ROOT));
    };
  }

  private static Optional<Path> path(Map<String, String> options, String name) {
    return Optional.ofNullable(options.get(name)).map(Path::of);
  }

  /** Told before the images are read, which takes minutes. */
  private static void requireWritable(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    try {
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, "");
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be written: " + e.getMessage(), e);
    }
  }
}
