package io.overread.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that is not ours, such as DCMTK's storescu. */
record TestPeer(Path program) {

  /**
   * The peer, where it is installed. Without it the test is skipped and says so; under {@code
   * CI=true} that is a failure, since {@code .ci/run} installs it.
   */
  static TestPeer at(String path) {
    Path program = Path.of(path);
    boolean there = Files.isExecutable(program);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("CI=true and " + path + " isn't installed").isTrue();
    }
    assumeTrue(there, path + " isn't installed: .ci/test installs it as root");
    return new TestPeer(program);
  }

  /** Runs it; its exit status and what it printed. */
  RunningService.Ended run(List<String> words) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of(program.toString()));
    command.addAll(words);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
    return new RunningService.Ended(process.exitValue(), output);
  }
}
