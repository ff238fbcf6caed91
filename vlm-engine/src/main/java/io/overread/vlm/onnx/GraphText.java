package io.overread.vlm.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a graph's file spells out: the names of its operators come before its weights. */
final class GraphText {

  private static final int MOST_BYTES = 32 << 20;

  private GraphText() {}

  /** Whether the graph's start holds the word. */
  static boolean mentions(Path file, String word) {
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
      return text.contains(word);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file.getFileName(), e);
    }
  }
}
