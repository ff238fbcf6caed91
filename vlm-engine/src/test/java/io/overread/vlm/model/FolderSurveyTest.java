package io.overread.vlm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSurveyTest {

  @TempDir Path folder;

  @Test
  void a_hub_folder_lacks_nothing_and_says_how_much_memory_it_takes() {
    FolderSurvey survey = FolderSurvey.of(TinyModel.GROUPED.folder());
    assertThat(survey.kind()).isEqualTo(FolderSurvey.Kind.HUB);
    assertThat(survey.missing()).isEmpty();
    assertThat(survey.weightBytes()).isBetween(50_000L, 200_000L);
    // two layers of two heads of sixteen numbers, keys and values in single precision
    assertThat(survey.cacheBytesPerToken()).isEqualTo(2L * 2 * 2 * 16 * 4);
    assertThat(survey.bytesNeeded(10))
        .isEqualTo(survey.weightBytes() + 10 * survey.cacheBytesPerToken());
  }

  @Test
  void every_missing_file_is_named_at_once() throws IOException {
    Files.createDirectory(folder.resolve("onnx"));
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"llava\"}");
    Files.writeString(folder.resolve("onnx/embed_tokens_q4.onnx"), "");
    FolderSurvey survey = FolderSurvey.of(folder);
    assertThat(survey.family()).isEqualTo("llava");
    assertThat(survey.missing())
        .containsExactly(
            "preprocessor_config.json",
            "tokenizer.json",
            "onnx/vision_encoder.onnx",
            "onnx/decoder_model_merged.onnx");
  }

  @Test
  void weights_beside_a_graph_count_and_only_the_largest_form_of_a_graph_does() throws IOException {
    Files.createDirectory(folder.resolve("onnx"));
    Files.write(folder.resolve("onnx/embed_tokens.onnx"), new byte[10]);
    Files.write(folder.resolve("onnx/embed_tokens.onnx_data"), new byte[1000]);
    Files.write(folder.resolve("onnx/embed_tokens.onnx_data_1"), new byte[100]);
    Files.write(folder.resolve("onnx/embed_tokens_q4.onnx"), new byte[300]);
    assertThat(FolderSurvey.of(folder).weightBytes()).isEqualTo(1110);
  }

  @Test
  void a_checkpoint_without_graphs_is_told_from_nothing_at_all() throws IOException {
    assertThat(FolderSurvey.of(folder).kind()).isEqualTo(FolderSurvey.Kind.UNKNOWN);
    Files.writeString(folder.resolve("config.json"), "{}");
    Files.writeString(folder.resolve("model.safetensors"), "");
    FolderSurvey survey = FolderSurvey.of(folder);
    assertThat(survey.kind()).isEqualTo(FolderSurvey.Kind.CHECKPOINT);
    assertThat(survey.toString()).contains("model import");
    assertThat(survey.missing()).containsExactly("onnx/");
  }

  @Test
  void a_checkpoint_of_open_clip_has_a_configuration_of_its_own_and_perhaps_pickled_weights()
      throws IOException {
    Files.writeString(folder.resolve("open_clip_pytorch_model.bin"), "");
    assertThat(FolderSurvey.of(folder).kind()).isEqualTo(FolderSurvey.Kind.UNKNOWN);
    Files.writeString(folder.resolve("open_clip_config.json"), "{}");
    assertThat(FolderSurvey.of(folder).kind()).isEqualTo(FolderSurvey.Kind.CHECKPOINT);
  }

  @Test
  void a_genai_folder_is_told_by_its_configuration_and_what_that_names() throws IOException {
    FolderSurvey survey = FolderSurvey.of(TinyModel.GENAI.folder());
    assertThat(survey.kind()).isEqualTo(FolderSurvey.Kind.GENAI);
    assertThat(survey.missing()).isEmpty();
    assertThat(survey.cacheBytesPerToken())
        .isEqualTo(FolderSurvey.of(TinyModel.PLAIN.folder()).cacheBytesPerToken());
    Path copy = TinyModel.GENAI.copyTo(folder.resolve("genai"));
    Files.delete(copy.resolve("vision.onnx"));
    assertThat(FolderSurvey.of(copy).missing()).containsExactly("vision.onnx");
  }

  @Test
  void what_is_no_folder_is_refused() {
    assertThatThrownBy(() -> FolderSurvey.of(folder.resolve("none")))
        .isInstanceOf(ModelFormatException.class);
  }
}
