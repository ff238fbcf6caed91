package io.overread.vlm.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.onnx.ExecutionProvider;
import io.overread.vlm.tiny.TinyFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders of Qwen-VL, Llama 3.2 Vision and Florence-2 whose small files cannot be right. */
class FamilyFolderTest {

  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "qwen2-vl | preprocessor_config.json | \"patch_size\": 8 | \"patch_size\": 0",
        "qwen2-vl | preprocessor_config.json | \"merge_size\": 2 | \"merge_size\": 100000",
        "qwen2-vl | preprocessor_config.json | \"max_pixels\": 6144 | \"max_pixels\": 2000000000",
        "qwen2-vl | preprocessor_config.json | \"max_pixels\": 6144 | \"max_pixels\": 10",
        "qwen3-vl | preprocessor_config.json | \"shortest_edge\": 512 | \"shortest_edge\": -1",
        "llama-3.2-vision | preprocessor_config.json | \"height\": 24 | \"height\": 90000",
        "llama-3.2-vision | preprocessor_config.json | \"max_image_tiles\": 4"
            + " | \"max_image_tiles\": 0",
        "llama-3.2-vision | config.json | \"cross_attention_layers\" | \"other\"",
        "florence-2 | generation_config.json | \"decoder_start_token_id\": 2 |"
            + " \"decoder_start_token_id\": \"x\""
      })
  void what_cannot_be_is_refused_by_name(String name, String file, String text, String wrong)
      throws IOException {
    Path folder = copied(name);
    String json = Files.readString(folder.resolve(file));
    assertThat(json).contains(text);
    Files.writeString(folder.resolve(file), json.replace(text, wrong));
    assertThatThrownBy(() -> Families.of(ModelFolder.read(folder, ExecutionProvider.CPU)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(file);
  }

  @Test
  void a_picture_of_florence_comes_before_the_text_and_a_task_s_mark_stands_for_a_sentence() {
    ModelFamily family =
        Families.of(ModelFolder.read(new TinyFamily("florence-2").folder(), ExecutionProvider.CPU));
    int[] ids =
        family.encode(
            "<CAPTION>",
            java.util.List.of(new ImageLayout(3, 0, 0)),
            (text, special) -> new int[] {0, text.length(), 2});
    assertThat(ids).containsExactly(5, 5, 5, 0, "What does the image describe?".length(), 2);
    assertThat(family.sharedLength(ids)).isZero();
  }

  private Path copied(String name) throws IOException {
    Path from = new TinyFamily(name).folder();
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path to = temporary.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
    return temporary;
  }
}
