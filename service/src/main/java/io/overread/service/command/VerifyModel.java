package io.overread.service.command;

import io.overread.vlm.EngineSettings;
import io.overread.vlm.ModelVerification;
import io.overread.vlm.contrastive.ContrastiveVerification;
import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.model.FolderSurvey;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * {@code model verify DIR}: what a model folder is, what it lacks and needs, and whether it runs.
 */
final class VerifyModel {
  private VerifyModel() {}

  static int run(List<String> words) {
    if (words.size() != 1) {
      throw new UsageException("say: model verify DIR");
    }
    return verify(Path.of(words.getFirst()));
  }

  static int verify(Path folder) {
    EngineSettings settings =
        EngineSettings.defaults(Environment.ofProcess().settings().home().resolve("native"));
    FolderSurvey survey;
    try {
      survey = FolderSurvey.of(folder);
    } catch (ModelFormatException e) {
      System.out.println(e.getMessage());
      return CommandLine.FAILED;
    }
    System.out.println("It is a " + survey + ".");
    if (!survey.missing().isEmpty()) {
      System.out.println("Missing: " + String.join(", ", survey.missing()));
      return CommandLine.FAILED;
    }
    int tokens =
        survey.context() > 0
            ? Math.min(survey.context(), settings.maxContext())
            : settings.maxContext();
    System.out.printf(
        Locale.ROOT,
        "It takes about %d MB of memory, with a prompt of %d tokens.%n",
        Math.ceilDiv(survey.bytesNeeded(tokens), 1_000_000L),
        tokens);
    ModelVerification.Result result =
        survey.kind() == FolderSurvey.Kind.CONTRASTIVE
            ? ContrastiveVerification.verify(folder, settings)
            : ModelVerification.verify(folder, settings);
    return switch (result) {
      case ModelVerification.Verified verified -> {
        System.out.println("The model can be used: " + verified.identity());
        System.out.println(
            verified.digestsCompared()
                ? "Its files have the digests that its overread.json states."
                : "Its folder states no digests to compare.");
        System.out.println("It says of a generated image: " + verified.probeAnswer());
        verified.warnings().forEach(warning -> System.out.println("Warning: " + warning));
        yield CommandLine.DONE;
      }
      case ModelVerification.Rejected rejected -> {
        rejected.faults().forEach(System.out::println);
        yield CommandLine.FAILED;
      }
    };
  }
}
