package io.overread.gateway;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What tests need of the machine: DCMTK's tools and the shared DICOM files. */
public final class PeerTools {

  private PeerTools() {}

  /** A finished run of a tool; {@code output} holds both of its streams. */
  public record Run(int status, String output) {}

  /**
   * Runs a tool of DCMTK. Without it the test is skipped, or fails where nothing may be skipped. By
   * its full path: other packages install tools of the same names.
   */
  public static Run dcmtk(String tool, List<String> arguments)
      throws IOException, InterruptedException {
    return run("dcmtk", tool, arguments);
  }

  /** Runs a tool of dicom3tools, under the same terms. */
  public static Run dicom3tools(String tool, List<String> arguments)
      throws IOException, InterruptedException {
    return run("dicom3tools", tool, arguments);
  }

  private static Run run(String debianPackage, String tool, List<String> arguments)
      throws IOException, InterruptedException {
    Path path = Path.of("/usr/bin", tool);
    require(path, debianPackage);
    List<String> command = new ArrayList<>();
    command.add(path.toString());
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      fail(tool + " did not end");
    }
    return new Run(process.exitValue(), output);
  }

  /** Skips the test, or fails it, where a file of a Debian package is not there. */
  public static void require(Path file, String debianPackage) {
    if (!Files.exists(file)) {
      missing(file + " is not installed (Debian package " + debianPackage + ")");
    }
  }

  /** The path of a tool of DCMTK; without it the test is skipped, or fails. */
  public static String dcmtkTool(String tool) {
    Path path = Path.of("/usr/bin", tool);
    if (!Files.isExecutable(path)) {
      missing("DCMTK's " + tool + " is not installed (Debian package dcmtk)");
    }
    return path.toString();
  }

  private static void missing(String what) {
    if ("true".equals(System.getenv("CI"))) {
      fail(what);
    }
    abort(what);
  }

  /** All files of {@code shared/data/dicom}; without them the test is skipped. */
  public static List<Path> sharedDicomFiles() throws IOException {
    String shared = System.getenv("OVERREAD_SHARED");
    Path folder =
        (shared == null ? Path.of("..", "..", "shared") : Path.of(shared))
            .resolve("data")
            .resolve("dicom");
    if (!Files.isDirectory(folder)) {
      abort("no shared DICOM files in " + folder.toAbsolutePath().normalize());
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !file.getFileName().toString().endsWith(".csv"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }
}
