package io.overread.service.command;

import io.overread.service.settings.OverreadSettings;
import io.overread.vlm.EngineSettings;
import io.overread.vlm.ModelVerification;
import java.nio.file.Path;
import java.util.List;

/** {@code model verify DIR}: whether a model folder can be used, before it is. */
final class VerifyModel {
  private VerifyModel() {}

  static int run(List<String> words) {
    if (words.size() != 2 || !words.getFirst().equals("verify")) {
      throw new UsageException("say: model verify DIR");
    }
    OverreadSettings settings = Environment.ofProcess().settings();
    ModelVerification.Result result =
        ModelVerification.verify(
            Path.of(words.get(1)), EngineSettings.defaults(settings.home().resolve("native")));
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
