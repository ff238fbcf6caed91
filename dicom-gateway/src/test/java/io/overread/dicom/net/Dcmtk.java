package io.overread.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overread.dicom.data.SharedDicomFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The programs of DCMTK, peers that others wrote. */
final class Dcmtk {
  private static final Duration LONGEST_RUN = Duration.ofMinutes(2);

  private Dcmtk() {}

  /** What a program did. */
  record Run(int exitCode, String output) {}

  /** Skips the test where DCMTK is absent, but not where a pipeline relies on it. */
  static void require() {
    boolean present = Files.isExecutable(Path.of("/usr/bin/storescu"));
    if (!present && "true".equals(System.getenv("CI"))) {
      fail("DCMTK is not installed, and CI=true forbids to skip");
    }
    assumeTrue(present, "DCMTK is not installed (apt install dcmtk)");
  }

  static Run run(String program, String... arguments) throws IOException, InterruptedException {
    Process process = start(program, List.of(arguments));
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(process.waitFor(LONGEST_RUN.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return new Run(process.exitValue(), text);
    } finally {
      process.destroyForcibly();
    }
  }

  static Process start(String program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("/usr/bin/" + program));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** A storescp that listens. */
  static Process storescp(int port, Path folder, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-v", "-od", folder.toString()));
    arguments.addAll(List.of(options));
    arguments.add(Integer.toString(port));
    Process process = start("storescp", arguments);
    Thread.ofVirtual().start(() -> drain(process));
    for (int attempt = 0; attempt < 200; attempt++) {
      try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(probe.isConnected()).isTrue();
        return process;
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    process.destroyForcibly();
    throw new IOException("storescp does not listen");
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The shared real files; without them the test is skipped. */
  static List<Path> realFiles() throws IOException {
    return SharedDicomFiles.all().stream()
        .filter(path -> path.toString().endsWith(".dcm"))
        .toList();
  }

  private static void drain(Process process) {
    try (InputStream output = process.getInputStream()) {
      output.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      // It ended.
    }
  }
}
