package io.overread.vlm.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTokenizerTest {

  private static final Path NATIVES = Path.of("target", "natives");

  @Test
  void a_long_text_is_not_cut() {
    try (ModelTokenizer tokenizer =
        ModelTokenizer.open(TinyModel.PLAIN.folder().resolve("tokenizer.json"), NATIVES)) {
      assertThat(tokenizer.encode("x".repeat(3000), false)).hasSize(3000);
    }
  }

  @Test
  void markers_are_single_tokens_and_are_not_decoded() {
    try (ModelTokenizer tokenizer =
        ModelTokenizer.open(TinyModel.PLAIN.folder().resolve("tokenizer.json"), NATIVES)) {
      int[] ids = tokenizer.encode("<bos><image>x", false);
      assertThat(ids).hasSize(3).startsWith(1, 3);
      assertThat(tokenizer.decode(ids, 0, 3)).isEqualTo("x");
    }
  }

  @Test
  void a_broken_tokenizer_file_is_named(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, "{\"model\": 7}");
    assertThatThrownBy(() -> ModelTokenizer.open(file, NATIVES))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("tokenizer.json: no tokenizer");
  }
}
