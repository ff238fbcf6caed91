package io.overread.vlm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.onnx.ExecutionProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedModelTest {

  private static final String ROOT = "/io/overread/vlm/tiny/plain/";

  @TempDir Path parent;

  @Test
  void the_folder_is_named_after_the_model_s_digest_and_holds_it_whole() {
    Path folder = ShippedModel.extractTo(parent, ROOT);
    ModelFolder read = ModelFolder.read(folder, ExecutionProvider.CPU);
    assertThat(read.compareDigests()).isEmpty();
    assertThat(folder).hasFileName(read.identity().digest());
  }

  @Test
  void a_model_that_is_there_is_not_written_again() throws IOException {
    Path config = ShippedModel.extractTo(parent, ROOT).resolve("config.json");
    FileTime old = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(config, old);
    ShippedModel.extractTo(parent, ROOT);
    assertThat(Files.getLastModifiedTime(config)).isEqualTo(old);
  }

  @Test
  void a_model_that_lost_a_file_is_unpacked_anew_and_nothing_else_is_left() throws IOException {
    Path folder = ShippedModel.extractTo(parent, ROOT);
    Files.delete(folder.resolve("onnx/embed_tokens.onnx"));
    ShippedModel.extractTo(parent, ROOT);
    assertThat(ModelFolder.read(folder, ExecutionProvider.CPU).compareDigests()).isEmpty();
    try (Stream<Path> left = Files.list(parent)) {
      assertThat(left).containsExactly(folder);
    }
  }

  @Test
  void a_jar_without_a_model_says_so() {
    assertThatThrownBy(() -> ShippedModel.extractTo(parent, "/nowhere/"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage("overread.json: not in the jar");
  }
}
