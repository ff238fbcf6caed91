package io.overread.gateway.render;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.overread.dicom.data.DicomFile;
import io.overread.dicom.dictionary.Uid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The peer that decides about pixels: DCMTK's tools, and the files to compare on. */
final class Dcmtk {
  private Dcmtk() {}

  /** The shared DICOM files, or skips the test; under CI their absence is a failure. */
  static Path sharedFiles() {
    String override = System.getenv("OVERREAD_SHARED");
    Stream<Path> places =
        override != null
            ? Stream.of(Path.of(override))
            : Stream.iterate(Path.of("").toAbsolutePath(), at -> at != null, Path::getParent)
                .map(at -> at.resolve("shared"));
    return places
        .map(shared -> shared.resolve("data/dicom"))
        .filter(Files::isDirectory)
        .findFirst()
        .orElseGet(() -> skip("shared/data/dicom is absent"));
  }

  /** Skips the test where a tool isn't installed; under CI that is a failure. */
  static void require(String tool) {
    require("DCMTK", tool);
  }

  /** Skips the test where a tool of that maker isn't installed; under CI that is a failure. */
  static void require(String maker, String tool) {
    boolean found =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    if (!found) {
      skip(maker + "'s " + tool + " is not installed");
    }
  }

  /** A frame as dcmj2pnm renders it, or dcml2pnm for JPEG-LS; without overlays. */
  static PortableMap render(Path file, int frame, List<String> options, Path map)
      throws IOException {
    Files.deleteIfExists(map);
    String syntax = DicomFile.open(file).transferSyntax().uid();
    boolean jpegLs = syntax.equals(Uid.JPEGLSLossless) || syntax.equals(Uid.JPEGLSNearLossless);
    String tool = jpegLs ? "dcml2pnm" : "dcmj2pnm";
    List<String> command = new ArrayList<>(List.of(tool, "-O", "+F", "" + frame));
    command.addAll(options);
    command.add(file.toString());
    command.add(map.toString());
    if (!run(command)) {
      fail(command + " failed");
    }
    return PortableMap.read(map);
  }

  /** Runs a tool; false when it fails. */
  static boolean run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return fail(command + " did not end");
      }
      return process.exitValue() == 0;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static <T> T skip(String reason) {
    return "true".equals(System.getenv("CI")) ? fail(reason) : abort(reason);
  }
}
