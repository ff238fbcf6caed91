package io.overread.vlm.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;

class LastRunsTest {

  private static final int SIGTERM = 128 + 15;

  @RepeatedTest(3)
  void a_stop_amid_runs_lets_them_end_and_is_no_crash() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:ErrorFile=" + Path.of("target", "last-runs.log").toAbsolutePath(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                AnswersUntilStopped.class.getName())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      while (line != null && !line.equals("running")) {
        line = out.readLine();
      }
      assertThat(line).isEqualTo("running");
      process.toHandle().destroy(); // the process itself would close its output
      List<String> rest = out.lines().toList();
      assertThat(process.waitFor()).as(String.join("\n", rest)).isEqualTo(SIGTERM);
      assertThat(rest).contains("finished");
    } finally {
      process.destroyForcibly();
    }
  }
}
