package io.overread.vlm.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.overread.vlm.failure.ModelFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code tokenizer.json}: text to token ids and back. Safe for many threads; never reaches for the
 * network.
 */
public final class ModelTokenizer implements AutoCloseable {

  private final HuggingFaceTokenizer tokenizer;
  private final Path file;

  private ModelTokenizer(HuggingFaceTokenizer tokenizer, Path file) {
    this.tokenizer = tokenizer;
    this.file = file;
  }

  /**
   * Loads the file, and at the first call the native library.
   *
   * @param nativeFolder where the native library is unpacked
   */
  public static ModelTokenizer open(Path tokenizerFile, Path nativeFolder) {
    // Without these the library looks for a GPU flavour, and downloads it.
    System.setProperty("RUST_FLAVOR", "cpu");
    System.setProperty("ai.djl.offline", "true");
    if (System.getenv("DJL_CACHE_DIR") == null && System.getProperty("DJL_CACHE_DIR") == null) {
      System.setProperty(
          "DJL_CACHE_DIR", nativeFolder.resolve("tokenizers").toAbsolutePath().toString());
    }
    try {
      return new ModelTokenizer(
          HuggingFaceTokenizer.newInstance(
              tokenizerFile, Map.of("truncation", "false", "padding", "false")),
          tokenizerFile);
    } catch (IOException | RuntimeException e) {
      throw new ModelFormatException(
          String.valueOf(tokenizerFile.getFileName()), "no tokenizer: " + e.getMessage(), e);
    }
  }

  /**
   * Token ids of a text, its special tokens recognised.
   *
   * @param addSpecialTokens whether the tokenizer's own first and last tokens are added
   */
  public int[] encode(String text, boolean addSpecialTokens) {
    Encoding encoding = tokenizer.encode(text, addSpecialTokens, false);
    long[] wide = encoding.getIds();
    int[] ids = new int[wide.length];
    for (int i = 0; i < wide.length; i++) {
      ids[i] = Math.toIntExact(wide[i]);
    }
    return ids;
  }

  /** The text of some tokens, special ones left out. */
  public String decode(int[] ids, int from, int to) {
    return decode(ids, from, to, true);
  }

  /** The text of some tokens, special ones written out. */
  public String decodeWithSpecial(int[] ids) {
    return decode(ids, 0, ids.length, false);
  }

  private String decode(int[] ids, int from, int to, boolean withoutSpecial) {
    long[] wide = new long[to - from];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = ids[from + i];
    }
    return wide.length == 0 ? "" : tokenizer.decode(wide, withoutSpecial);
  }

  /** What each token writes, by its id; null for special tokens. Reads the file again. */
  public byte[] @Nullable [] tokenBytes() {
    return TokenBytes.read(file);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
