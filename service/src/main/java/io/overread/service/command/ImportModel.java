package io.overread.service.command;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.model.FolderSurvey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.FileSystemUtils;

/**
 * {@code model import CHECKPOINT DIR}: a Hugging Face checkpoint becomes a model folder, by the
 * export tool of {@code vlm-engine/training/parity}, which the jar carries and a Python runs. No
 * network is used, and no code that lies in the checkpoint is run.
 */
final class ImportModel {
  private static final String TOOL = "overread-export/";
  private static final Set<String> QUANTISED = Set.of("int8", "q4");
  private static final String PACKAGES = "torch, transformers, onnx and pillow";

  private ImportModel() {}

  static int run(List<String> words) {
    Wanted wanted = Wanted.of(words);
    try {
      String refusal = refusal(wanted);
      if (refusal != null) {
        System.err.println(refusal);
        return CommandLine.FAILED;
      }
      Path tool = Files.createTempDirectory("overread-export");
      try {
        unpack(tool);
        return export(wanted, tool) ? VerifyModel.verify(wanted.folder) : CommandLine.FAILED;
      } finally {
        FileSystemUtils.deleteRecursively(tool);
      }
    } catch (IOException | ModelFormatException e) {
      System.err.println("The checkpoint cannot be imported: " + e.getMessage());
      return CommandLine.FAILED;
    }
  }

  /** Why nothing is begun; null where it can be. */
  private static @Nullable String refusal(Wanted wanted) throws IOException {
    FolderSurvey survey = FolderSurvey.of(wanted.checkpoint);
    if (survey.kind() != FolderSurvey.Kind.CHECKPOINT) {
      return wanted.checkpoint + " is a " + survey + ", not a checkpoint in safetensors.";
    }
    if (Files.exists(wanted.folder)) {
      try (Stream<Path> inside = Files.list(wanted.folder)) {
        if (inside.findAny().isPresent()) {
          return wanted.folder + " is not empty.";
        }
      }
    }
    return null;
  }

  private static void unpack(Path tool) throws IOException {
    Resource[] files =
        new PathMatchingResourcePatternResolver(ImportModel.class.getClassLoader())
            .getResources("classpath*:" + TOOL + "**/*.py");
    for (Resource file : files) {
      String url = file.getURL().toString();
      Path target = tool.resolve(url.substring(url.lastIndexOf(TOOL) + TOOL.length()));
      Files.createDirectories(target.getParent());
      try (InputStream in = file.getInputStream()) {
        Files.copy(in, target);
      }
    }
  }

  private static boolean export(Wanted wanted, Path tool) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                wanted.python,
                "-m",
                "parity.importing",
                wanted.checkpoint.toAbsolutePath().toString(),
                wanted.folder.toAbsolutePath().toString()));
    if (wanted.quantise != null) {
      command.addAll(List.of("--quantise", wanted.quantise));
    }
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("PYTHONPATH", tool.toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().put("HF_HUB_OFFLINE", "1");
    builder.environment().put("TRANSFORMERS_OFFLINE", "1");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      System.err.println(
          "'"
              + wanted.python
              + "' does not run; name a Python that has "
              + PACKAGES
              + ": --python");
      return false;
    }
    // Told to end, this process tells the export, which then removes what it has begun.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroy));
    try {
      if (process.waitFor() == 0) {
        return true;
      }
      System.err.println("Nothing was imported."); // the export has said why
      return false;
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * What was asked for.
   *
   * @param quantise {@code int8} or {@code q4}; null leaves single precision
   */
  private record Wanted(Path checkpoint, Path folder, String python, @Nullable String quantise) {
    static Wanted of(List<String> words) {
      List<String> plain = new ArrayList<>();
      String python = "python3";
      String quantise = null;
      for (int i = 0; i < words.size(); i++) {
        String word = words.get(i);
        if (word.equals("--python") && i + 1 < words.size()) {
          python = words.get(++i);
        } else if (word.equals("--quantise")
            && i + 1 < words.size()
            && QUANTISED.contains(words.get(i + 1))) {
          quantise = words.get(++i);
        } else if (word.startsWith("--")) {
          throw new UsageException("model import does not know '" + word + "' so");
        } else {
          plain.add(word);
        }
      }
      if (plain.size() != 2) {
        throw new UsageException(
            "say: model import CHECKPOINT DIR [--quantise int8|q4] [--python PYTHON]");
      }
      return new Wanted(Path.of(plain.get(0)), Path.of(plain.get(1)), python, quantise);
    }
  }
}
