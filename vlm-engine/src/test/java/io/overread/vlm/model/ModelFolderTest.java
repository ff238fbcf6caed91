package io.overread.vlm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.image.ImagePreprocessor;
import io.overread.vlm.onnx.ExecutionProvider;
import io.overread.vlm.tiny.TinyModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFolderTest {

  @TempDir Path parent;
  private Path folder;

  @BeforeEach
  void copy() {
    folder = TinyModel.PLAIN.copyTo(parent.resolve("model"));
  }

  @Test
  void a_sound_folder_has_no_faults_and_says_who_it_is() {
    ModelFolder read = read();
    assertThat(read.compareDigests()).isEmpty();
    assertThat(read.identity().name()).isEqualTo("tiny-plain");
    assertThat(read.identity().version()).isEqualTo("0.1");
    assertThat(read.config().stopTokens()).containsExactlyInAnyOrder(0, 2);
  }

  @Test
  void the_identity_is_the_digest_of_what_sha256sum_prints() throws IOException {
    StringBuilder lines = new StringBuilder();
    Map<String, String> files = new java.util.TreeMap<>(read().manifest().files());
    files.put("overread.json", "");
    for (String name : files.keySet()) {
      byte[] bytes = Files.readAllBytes(folder.resolve(name));
      lines.append(ModelFiles.sha256(bytes)).append("  ").append(name).append('\n');
    }
    assertThat(read().identity().digest())
        .isEqualTo(ModelFiles.sha256(lines.toString().getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void another_calibration_is_another_model() throws IOException {
    String before = read().identity().digest();
    replace("overread.json", "-0.25", "-0.26");
    assertThat(read().identity().digest()).isNotEqualTo(before);
  }

  @Test
  void a_hub_folder_without_a_manifest_is_named_after_itself_and_digests_what_it_uses()
      throws IOException {
    Path hub = TinyModel.HALVES.copyTo(parent.resolve("some-model"));
    ModelFolder before = ModelFolder.read(hub, ExecutionProvider.CPU);
    assertThat(before.identity().name()).isEqualTo("some-model");
    assertThat(before.identity().version()).isEqualTo("unversioned");
    assertThat(before.graphs().decoder()).hasFileName("decoder_model_merged_fp16.onnx");
    String digest = before.identity().digest();
    Files.writeString(hub.resolve("onnx/decoder_model_merged_fp16.onnx_data"), "weights");
    assertThat(ModelFolder.read(hub, ExecutionProvider.CPU).identity().digest())
        .isNotEqualTo(digest);
  }

  @Test
  void a_changed_file_and_a_lost_one_are_both_told() throws IOException {
    replace("generation_config.json", "2", "5");
    Files.delete(folder.resolve("tokenizer_config.json"));
    assertThat(read().compareDigests())
        .extracting(ModelFault::toString)
        .containsExactlyInAnyOrder(
            "generation_config.json: its SHA-256 is not the one stated",
            "tokenizer_config.json: the file is missing");
  }

  @Test
  void a_file_that_is_used_but_not_listed_is_told() throws IOException {
    Files.writeString(folder.resolve("chat_template.jinja"), "<image>");
    assertThat(read().compareDigests())
        .extracting(ModelFault::subject)
        .containsExactly("chat_template.jinja");
  }

  @ParameterizedTest
  @CsvSource({
    "config.json, config.json",
    "preprocessor_config.json, preprocessor_config.json",
    "onnx/vision_encoder.onnx, onnx/vision_encoder.onnx",
    "onnx/decoder_model_merged.onnx, onnx/decoder_model_merged.onnx"
  })
  void a_missing_file_is_named(String lost, String subject) throws IOException {
    Files.delete(folder.resolve(lost));
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            ModelFormatException.class, e -> assertThat(e.subject()).isEqualTo(subject))
        .hasMessageContaining("missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../config.json",
        "onnx/../../config.json",
        "/etc/passwd",
        "onnx//x",
        "..",
        "a\\\\b",
        "C:/x",
        "\\u0000",
        ".hidden",
        ""
      })
  void a_listed_name_that_leads_anywhere_else_is_refused(String name) throws IOException {
    replace("overread.json", "\"config.json\"", "\"" + name + "\"");
    assertThatThrownBy(() -> read().compareDigests())
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("no acceptable file name");
  }

  @Test
  void a_suffix_that_leads_out_of_the_folder_is_refused() throws IOException {
    replace("overread.json", "\"embed_tokens\": \"\"", "\"embed_tokens\": \"/../../x\"");
    assertThatThrownBy(this::read).hasMessageContaining("no suffix");
  }

  @Test
  void a_file_larger_than_any_honest_one_is_refused_unread() throws IOException {
    Files.write(folder.resolve("config.json"), new byte[9 << 20]);
    assertThatThrownBy(this::read)
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("larger than");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{} {}",
        "{\"image_token_index\": \"three\"}",
        "{\"image_token_index\": 3, \"text_config\": 7}",
        "{\"image_token_index\": 3.5}",
        "{\"image_token_index\": 99999999999}",
        "{\"model_type\": \"llava\"}",
        "{\"image_token_index\": 3, \"eos_token_id\": [\"x\"]}"
      })
  void a_malformed_configuration_is_named(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);
    assertThatThrownBy(this::read)
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("config.json");
  }

  @Test
  void a_file_that_nests_without_end_is_refused() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"a\":" + "[".repeat(100_000));
    assertThatThrownBy(this::read)
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("nesting depth");
  }

  @Test
  void a_folder_without_a_chat_template_says_so() throws IOException {
    Files.writeString(folder.resolve("tokenizer_config.json"), "{}");
    assertThatThrownBy(() -> read().chatTemplate(null))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("chat_template");
  }

  @Test
  void the_preprocessor_may_be_a_part_of_the_processor_s_file() throws IOException {
    Path file = folder.resolve("preprocessor_config.json");
    Files.writeString(
        folder.resolve("processor_config.json"),
        "{\"image_processor\": " + Files.readString(file) + "}");
    ImagePreprocessor before = read().preprocessor();
    Files.delete(file);
    assertThat(read().preprocessor()).isEqualTo(before);
  }

  @Test
  void a_folder_that_is_not_there_is_named() {
    assertThatThrownBy(() -> ModelFolder.read(parent.resolve("nowhere"), ExecutionProvider.CPU))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("nowhere: no such folder");
  }

  private ModelFolder read() {
    return ModelFolder.read(folder, ExecutionProvider.CPU);
  }

  private void replace(String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }
}
