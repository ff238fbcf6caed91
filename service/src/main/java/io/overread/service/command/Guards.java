package io.overread.service.command;

import io.overread.service.settings.OverreadSettings;
import io.overread.vlm.evaluate.EvaluationSettings;
import io.overread.vlm.evaluate.EvaluationSettings.Split;
import io.overread.vlm.evaluate.GuardEvaluation;
import io.overread.vlm.evaluate.PointingGame;
import io.overread.vlm.evaluate.UnusableDataException;
import io.overread.vlm.failure.EngineException;
import io.overread.vlm.model.ShippedModel;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code guards}: how often each guard is wrong and right, and what is fitted of them. */
final class Guards {
  private static final String FIT = "--fit";

  private Guards() {}

  static int run(List<String> words) {
    return run(words, Environment.ofProcess());
  }

  static int run(List<String> words, Environment environment) {
    List<String> rest = new ArrayList<>(words);
    boolean fit = rest.remove(FIT);
    Optional<String> data = taken(rest, "--data");
    Optional<String> model = taken(rest, "--model");
    OptionalInt pointing = images(taken(rest, "--pointing"));
    if (data.isEmpty() || !rest.isEmpty() || (fit && pointing.isPresent())) {
      throw new UsageException(
          "say: guards --data FOLDER [--model DIR [--fit]] [--pointing IMAGES]");
    }
    if (fit && model.isEmpty()) {
      throw new UsageException("--fit writes into a model's folder: say which with --model");
    }
    try (ResultOutput output = new ResultOutput()) {
      OverreadSettings home = environment.settings();
      EvaluationSettings settings =
          new EvaluationSettings(
              Path.of(data.get()),
              model
                  .map(Path::of)
                  .orElseGet(() -> ShippedModel.extractTo(home.home().resolve("model"))),
              home.home().resolve("native"),
              Split.DEV,
              Optional.empty());
      output.stream()
          .print(
              pointing.isPresent()
                  ? PointingGame.run(settings, pointing.getAsInt(), System.err::println)
                  : GuardEvaluation.run(settings, fit, System.err::println));
      return CommandLine.DONE;
    } catch (UnusableDataException | EngineException | UncheckedIOException e) {
      System.err.println("overread: " + e.getMessage());
      return CommandLine.USAGE;
    }
  }

  private static OptionalInt images(Optional<String> word) {
    if (word.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!word.get().matches("[1-9][0-9]{0,4}")) {
      throw new UsageException("--pointing wants how many images of each finding, from 1 to 99999");
    }
    return OptionalInt.of(Integer.parseInt(word.get()));
  }

  private static Optional<String> taken(List<String> words, String option) {
    int at = words.indexOf(option);
    if (at < 0 || at + 1 == words.size()) {
      return Optional.empty();
    }
    words.remove(at);
    return Optional.of(words.remove(at));
  }
}
