package io.overread.service.command;

import io.overread.db.Database;
import io.overread.db.DatabaseException;
import io.overread.gateway.instance.DataFolder;
import io.overread.reporting.finding.ContrastiveReader;
import io.overread.service.journey.DraftReplay;
import io.overread.service.journey.Replayed;
import io.overread.service.settings.OverreadSettings;
import io.overread.vlm.EngineSettings;
import io.overread.vlm.OnnxModel;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.contrastive.ContrastiveModel;
import io.overread.vlm.failure.EngineException;
import io.overread.vlm.model.ContrastiveFolder;
import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.model.ShippedModel;
import io.overread.vlm.onnx.ExecutionProvider;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * {@code replay REPORT}: runs a stored draft again and tells whether it is the same. 0: it is, to
 * the last token; 1: it is not; 2: it can't be run again.
 */
final class ReplayDraft implements DraftReplay.Models {
  private static final int MAX_THREADS = 8;

  private static final String SAY = "say: replay REPORT [--model DIR] [--contrastive DIR]";

  private final OverreadSettings settings;
  private final @Nullable Path model;
  private final List<Path> contrastive;

  private ReplayDraft(OverreadSettings settings, @Nullable Path model, List<Path> contrastive) {
    this.settings = settings;
    this.model = model;
    this.contrastive = contrastive;
  }

  static int run(List<String> words) {
    return run(words, Environment.ofProcess());
  }

  static int run(List<String> words, Environment environment) {
    Map<String, Path> named = named(words);
    Path contrastive = named.get("--contrastive");
    ReplayDraft replay =
        new ReplayDraft(
            environment.settings(),
            named.get("--model"),
            contrastive == null ? environment.contrastiveFolders() : List.of(contrastive));
    try (ResultOutput output = new ResultOutput()) {
      return told(replay.of(words.getFirst()), output.stream());
    } catch (DatabaseException
        | DataAccessException
        | EngineException
        | UncheckedIOException
        | IllegalArgumentException e) {
      System.err.println("overread: " + e.getMessage());
      return CommandLine.USAGE;
    }
  }

  private static Map<String, Path> named(List<String> words) {
    if (words.size() % 2 == 0) {
      throw new UsageException(SAY);
    }
    Map<String, Path> named = new HashMap<>();
    for (int i = 1; i < words.size(); i += 2) {
      String option = words.get(i);
      boolean known = option.equals("--model") || option.equals("--contrastive");
      if (!known || named.put(option, Path.of(words.get(i + 1))) != null) {
        throw new UsageException(SAY);
      }
    }
    return named;
  }

  private Replayed of(String report) {
    return Database.read(
        settings.database(),
        connection -> {
          try (DataFolder folder = DataFolder.beside(settings.home())) {
            return new DraftReplay(new SingleConnectionDataSource(connection, true), folder)
                .run(report, this);
          }
        });
  }

  private static int told(Replayed replayed, PrintStream answer) {
    return switch (replayed) {
      case Replayed.Same(String summary, List<String> notes) -> {
        answer.println("The draft is the same to the last token: " + summary + ".");
        notes.forEach(note -> answer.println("Note: " + note + "."));
        yield CommandLine.DONE;
      }
      case Replayed.Different(List<String> differences, List<String> notes) -> {
        answer.println("The draft is not the same:");
        differences.forEach(difference -> answer.println("- " + difference));
        notes.forEach(note -> answer.println("Note: " + note + "."));
        yield CommandLine.FAILED;
      }
      case Replayed.NotReplayable(String reason) -> {
        System.err.println("overread: the draft can't be run again: " + reason);
        yield CommandLine.USAGE;
      }
    };
  }

  /** The model with the digest among those that are here; else the one that drafts now. */
  @Override
  public VisionLanguageModel open(String digest, @Nullable String runsOn, int processors) {
    ExecutionProvider provider = provider(runsOn);
    List<Path> folders = model == null ? folders() : List.of(model);
    Path chosen =
        folders.stream()
            .filter(
                folder ->
                    digest.equals(
                        digest(() -> ModelFolder.read(folder, provider).identity().digest())))
            .findFirst()
            .orElse(folders.getFirst());
    return OnnxModel.load(chosen, engine(provider, processors));
  }

  private EngineSettings engine(ExecutionProvider provider, int processors) {
    EngineSettings here = EngineSettings.defaults(settings.home().resolve("native"));
    return new EngineSettings(
        provider,
        Math.min(MAX_THREADS, processors),
        here.maxNewTokens(),
        here.maxContext(),
        here.nativeFolder());
  }

  /** The one with the digest among those that the settings name, or the one that the user names. */
  @Override
  public Optional<ContrastiveModel> openContrastive(
      ContrastiveReader recorded, @Nullable String runsOn, int processors) {
    ExecutionProvider provider = provider(runsOn);
    return contrastive.stream()
        .filter(
            folder -> recorded.model().digest().equals(digest(() -> contrastive(folder, provider))))
        .findFirst()
        .map(folder -> ContrastiveModel.load(folder, engine(provider, processors)));
  }

  private static String contrastive(Path folder, ExecutionProvider provider) {
    return ContrastiveFolder.read(folder, provider).identity().digest();
  }

  private static ExecutionProvider provider(@Nullable String runsOn) {
    return Arrays.stream(ExecutionProvider.values())
        .filter(each -> runsOn == null || each.name().equals(runsOn))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the draft can't be run again: it was made by a model that ran on " + runsOn));
  }

  /** The one that drafts now first, then whatever was unpacked before. */
  private List<Path> folders() {
    List<Path> folders = new ArrayList<>();
    Path unpacked = settings.home().resolve("model");
    Optional.ofNullable(settings.model()).ifPresent(folders::add);
    folders.add(ShippedModel.extractTo(unpacked));
    try (Stream<Path> others = Files.list(unpacked)) {
      others.filter(Files::isDirectory).sorted().forEach(folders::add);
    } catch (IOException e) {
      throw new UncheckedIOException(unpacked + " can't be listed: " + e.getMessage(), e);
    }
    return folders;
  }

  /** Null of what is no model. */
  private static @Nullable String digest(Supplier<String> folder) {
    try {
      return folder.get();
    } catch (EngineException e) {
      return null;
    }
  }
}
