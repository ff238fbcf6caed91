package io.overread.vlm.evaluate.published;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A question set's folder.
 *
 * @param root absolute, normalised
 */
record Folder(Path root) {

  private static final int DEEPEST = 3;

  /** A file below it; a name that leads out of it is refused. */
  Path file(String... names) {
    try {
      Path file = root;
      for (String name : names) {
        file = file.resolve(name);
      }
      file = file.normalize();
      if (file.startsWith(root) && !file.equals(root)) {
        return file;
      }
    } catch (InvalidPathException e) {
      // told below, as any other name that is none
    }
    throw new IllegalArgumentException(
        root + ": a name leads out of the folder: " + String.join("/", names));
  }

  /** The first of the folders below it that is there; itself where none is. */
  Folder below(String... names) {
    for (String name : names) {
      if (Files.isDirectory(root.resolve(name))) {
        return new Folder(root.resolve(name));
      }
    }
    return this;
  }

  /** The files with this ending, a few folders deep, sorted. */
  static List<Path> endingWith(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder, DEEPEST)) {
      return paths
          .filter(path -> path.toString().endsWith(ending))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalArgumentException(folder + ": cannot be listed: " + e.getMessage(), e);
    }
  }
}
