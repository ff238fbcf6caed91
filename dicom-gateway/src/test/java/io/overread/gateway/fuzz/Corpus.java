package io.overread.gateway.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files to damage, of a size with which many inputs can be made. */
final class Corpus {

  private Corpus() {}

  /** The files that aren't longer than so many bytes, and have a header to damage. */
  static List<byte[]> of(List<Path> files, long longest) throws IOException {
    List<byte[]> corpus = new ArrayList<>();
    for (Path file : files) {
      long size = Files.size(file);
      if (size > 200 && size <= longest) {
        corpus.add(Files.readAllBytes(file));
      }
    }
    return corpus;
  }
}
