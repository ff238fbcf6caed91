package io.overread.dicom.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The DICOM files that lie beside the repository, in {@code shared/data/dicom} of a folder above it
 * or of {@code OVERREAD_SHARED}. They may be absent: what needs them is then skipped.
 */
public final class SharedDicomFiles {

  private SharedDicomFiles() {}

  /** All of them, by name. */
  public static List<Path> all() throws IOException {
    Path folder = assumedFolder();
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".csv"))
          .sorted()
          .toList();
    }
  }

  /** One of them; the test is skipped where they are absent. */
  public static Path named(String name) {
    Path file = assumedFolder().resolve(name);
    assumeTrue(Files.exists(file), () -> "skipped: there is no " + file);
    return file;
  }

  private static Path assumedFolder() {
    Optional<Path> folder = folder();
    assumeTrue(
        folder.isPresent(),
        "skipped: shared/data/dicom is in no folder above this one, nor in OVERREAD_SHARED");
    return folder.orElseThrow();
  }

  private static Optional<Path> folder() {
    String configured = System.getenv("OVERREAD_SHARED");
    if (configured != null) {
      return Optional.of(Path.of(configured).resolve("data/dicom")).filter(Files::isDirectory);
    }
    return Stream.iterate(Path.of("").toAbsolutePath(), above -> above != null, Path::getParent)
        .map(above -> above.resolve("shared/data/dicom"))
        .filter(Files::isDirectory)
        .findFirst();
  }
}
