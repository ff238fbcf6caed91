package io.overread.service.command;

import io.overread.service.settings.OverreadSettings;
import io.overread.vlm.EngineSettings;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.evaluate.BesideSettings;
import io.overread.vlm.evaluate.Evaluation;
import io.overread.vlm.evaluate.EvaluationReport;
import io.overread.vlm.evaluate.EvaluationSettings;
import io.overread.vlm.evaluate.EvaluationSettings.Split;
import io.overread.vlm.evaluate.ModelOpener;
import io.overread.vlm.evaluate.Progress;
import io.overread.vlm.evaluate.QuestionEvaluation;
import io.overread.vlm.evaluate.QuestionSettings;
import io.overread.vlm.evaluate.RunSettings;
import io.overread.vlm.evaluate.UnusableDataException;
import io.overread.vlm.evaluate.published.PublishedFormat;
import io.overread.vlm.failure.EngineException;
import io.overread.vlm.model.ShippedModel;
import io.overread.vlm.remote.RemoteModel;
import io.overread.vlm.remote.RemoteSettingsFile;
import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code evaluate}: how often a model is right on images with known answers. */
final class Evaluate {
  private static final Set<String> OPTIONS =
      Set.of(
          "--data",
          "--format",
          "--model",
          "--split",
          "--json",
          "--html",
          "--predictions",
          "--reference",
          "--resume",
          "--baselines",
          "--instruction",
          "--contrastive",
          "--weight",
          "--fit");

  private static final String RECORDS = "records";

  /** What {@code --model} may name: a folder, or the settings file of a remote model. */
  private static final ModelOpener MODELS = Evaluate::open;

  private Evaluate() {}

  private static VisionLanguageModel open(Path model, EngineSettings engine) {
    if (!RemoteSettingsFile.is(model)) {
      return ModelOpener.FOLDERS.open(model, engine);
    }
    RemoteModel remote = RemoteModel.openForPublicImages(RemoteSettingsFile.read(model));
    System.err.println("Images and questions go to " + remote.runsOn() + " as they are.");
    return remote;
  }

  static int run(List<String> words) {
    return run(words, Environment.ofProcess());
  }

  static int run(List<String> words, Environment environment) {
    Map<String, String> options = options(words);
    String data = options.get("--data");
    if (data == null) {
      throw new UsageException("say: evaluate --data FOLDER");
    }
    List<Path> written =
        Stream.of("--json", "--html", "--predictions", "--fit")
            .map(options::get)
            .filter(Objects::nonNull)
            .map(Path::of)
            .toList();
    Split split = split(options.getOrDefault("--split", "dev"));
    boolean baselines = yes(options, "--baselines");
    Optional<BesideSettings> beside = beside(options);
    try (ResultOutput output = new ResultOutput()) {
      written.forEach(Evaluate::requireWritable);
      Optional<PublishedFormat> format = format(Path.of(data), options.get("--format"));
      if (format.isPresent() && beside.isPresent()) {
        throw new UnusableDataException(
            "--contrastive scores the findings of a folder with records.jsonl, no question set");
      }
      OverreadSettings home = environment.settings();
      EvaluationSettings settings =
          new EvaluationSettings(
              Path.of(data),
              path(options, "--model")
                  .orElseGet(() -> ShippedModel.extractTo(home.home().resolve("model"))),
              home.home().resolve("native"),
              split,
              path(options, "--reference"));
      RunSettings run = new RunSettings(MODELS, path(options, "--resume"), progress(), beside);
      EvaluationReport report =
          format
              .map(
                  known ->
                      QuestionEvaluation.run(
                          new QuestionSettings(
                              settings,
                              known,
                              home.home().resolve("unpacked"),
                              baselines,
                              options.getOrDefault("--instruction", "")),
                          run))
              .orElseGet(() -> Evaluation.run(settings, run));
      path(options, "--predictions").ifPresent(report::writePredictions);
      path(options, "--json").ifPresent(report::writeFigures);
      path(options, "--html").ifPresent(report::writePage);
      output.stream().print(report.markdown());
      return CommandLine.DONE;
    } catch (UnusableDataException | EngineException | UncheckedIOException e) {
      System.err.println("overread: " + e.getMessage());
      return CommandLine.USAGE;
    }
  }

  /** A bar where someone looks on, lines where they are kept. */
  private static Progress progress() {
    Console console = System.console();
    return console != null && console.isTerminal()
        ? Progress.bar(System.err)
        : Progress.lines(System.err::println);
  }

  /** Empty for a folder with {@code records.jsonl}. */
  private static Optional<PublishedFormat> format(Path data, @Nullable String word) {
    if (RECORDS.equals(word)) {
      return Optional.empty();
    }
    if (word != null) {
      return Optional.of(
          PublishedFormat.named(word)
              .orElseThrow(() -> new UsageException("--format is " + formats() + ", not " + word)));
    }
    if (!Files.isDirectory(data) || Files.isRegularFile(data.resolve("records.jsonl"))) {
      return Optional.empty();
    }
    List<PublishedFormat> found;
    try {
      found = PublishedFormat.in(data);
    } catch (IllegalArgumentException e) {
      throw new UnusableDataException(String.valueOf(e.getMessage()));
    }
    if (found.size() > 1) {
      throw new UnusableDataException(
          data
              + ": its files fit "
              + found.stream().map(PublishedFormat::word).collect(Collectors.joining(" and "))
              + "; say --format");
    }
    return found.stream().findFirst();
  }

  private static String formats() {
    return RECORDS
        + ", "
        + Arrays.stream(PublishedFormat.values())
            .map(PublishedFormat::word)
            .collect(Collectors.joining(", "));
  }

  private static boolean yes(Map<String, String> options, String name) {
    return switch (options.getOrDefault(name, "yes")) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new UsageException(name + " is yes or no");
    };
  }

  private static Optional<BesideSettings> beside(Map<String, String> options) {
    Optional<Path> folder = path(options, "--contrastive");
    if (folder.isEmpty() && (options.containsKey("--weight") || options.containsKey("--fit"))) {
      throw new UsageException("--weight and --fit go with --contrastive");
    }
    try {
      double weight = Double.parseDouble(options.getOrDefault("--weight", "0.5"));
      return folder.map(each -> new BesideSettings(each, weight, path(options, "--fit")));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--weight is a number from 0 to 1");
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
