package io.overread.service.command;

import io.overread.service.synthetic.SyntheticChest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** {@code samples}: writes the demo's synthetic studies as files, to send them from elsewhere. */
final class Samples {
  private Samples() {}

  static int run(List<String> words) {
    if (words.size() != 1) {
      throw new UsageException("say: samples FOLDER");
    }
    try {
      Path folder = Files.createDirectories(Path.of(words.getFirst()));
      new SyntheticChest(Clock.systemDefaultZone())
          .write(folder)
          .forEach(study -> System.out.println(study.file()));
      return CommandLine.DONE;
    } catch (IOException e) {
      System.err.println("overread: the samples can't be written: " + e.getMessage());
      return CommandLine.FAILED;
    }
  }
}
