package io.overread.vlm.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.onnx.ExecutionProvider;
import io.overread.vlm.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Small files with bytes changed, doubled and cut: read, or refused as no model; never another
 * failure.
 */
class MutatedFolderTest {

  private static final int MUTATIONS = 400;

  @TempDir Path parent;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config.json",
        "generation_config.json",
        "preprocessor_config.json",
        "tokenizer_config.json",
        "tokenizer.json",
        "overread.json"
      })
  void a_spoiled_file_is_read_or_refused(String name) throws IOException {
    Path folder = TinyModel.PLAIN.copyTo(parent.resolve("model"));
    byte[] sound = Files.readAllBytes(folder.resolve(name));
    SplittableRandom random = new SplittableRandom(name.hashCode());
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Files.write(folder.resolve(name), mutated(sound, random));
      try {
        ModelFolder read = ModelFolder.read(folder, ExecutionProvider.CPU);
        read.specialTokens();
        read.chatTemplate(null);
        read.compareDigests();
      } catch (ModelFormatException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private static byte[] mutated(byte[] sound, SplittableRandom random) {
    byte[] bytes = sound.clone();
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(4)) {
      case 0 -> {
        bytes[at] = (byte) random.nextInt(256);
        yield bytes;
      }
      case 1 -> java.util.Arrays.copyOf(bytes, at);
      case 2 -> {
        byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + at);
        System.arraycopy(bytes, 0, longer, bytes.length, at);
        yield longer;
      }
      default -> {
        String digits = "9".repeat(1 + random.nextInt(20));
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        yield text.replaceFirst("\\d+", digits)
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      }
    };
  }
}
