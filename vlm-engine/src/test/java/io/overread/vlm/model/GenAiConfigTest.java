package io.overread.vlm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.onnx.ExecutionProvider;
import io.overread.vlm.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenAiConfigTest {

  @TempDir Path parent;

  @Test
  void it_says_what_a_hub_folder_s_configuration_says() {
    HubConfig genAi = ModelFolder.read(TinyModel.GENAI.folder(), ExecutionProvider.CPU).config();
    HubConfig hub = ModelFolder.read(TinyModel.PLAIN.folder(), ExecutionProvider.CPU).config();
    assertThat(genAi.modelType()).isEqualTo(hub.modelType());
    assertThat(genAi.imageToken()).isEqualTo(hub.imageToken());
    assertThat(genAi.cacheShape()).isEqualTo(hub.cacheShape());
    assertThat(genAi.maxPositions()).isEqualTo(hub.maxPositions());
    assertThat(genAi.stopTokens()).isEqualTo(hub.stopTokens());
  }

  @Test
  void the_listed_operations_prepare_an_image_as_the_hub_s_file_does() {
    float[] genAi =
        ModelFolder.read(TinyModel.GENAI.folder(), ExecutionProvider.CPU)
            .preprocessor()
            .prepare(TinyModel.picture())
            .values();
    float[] hub =
        ModelFolder.read(TinyModel.PLAIN.folder(), ExecutionProvider.CPU)
            .preprocessor()
            .prepare(TinyModel.picture())
            .values();
    assertThat(genAi).isEqualTo(hub);
  }

  @Test
  void a_configuration_beside_it_wins() throws IOException {
    Path folder = copy();
    Files.writeString(
        folder.resolve("config.json"),
        "{\"model_type\": \"other\", \"text_config\": {\"max_position_embeddings\": 99}}");
    HubConfig config = ModelFolder.read(folder, ExecutionProvider.CPU).config();
    assertThat(config.modelType()).isEqualTo("other");
    assertThat(config.maxPositions()).isEqualTo(99);
    assertThat(config.hiddenSize()).isEqualTo(16);
  }

  @Test
  void a_graph_outside_the_folder_is_refused() throws IOException {
    Path folder = copy();
    edit(folder, "genai_config.json", "\"vision.onnx\"", "\"../vision.onnx\"");
    assertRefused(folder, "no acceptable file name");
  }

  @Test
  void an_operation_that_is_not_known_is_refused_by_name() throws IOException {
    Path folder = copy();
    edit(folder, "processor_config.json", "\"Rescale\"", "\"PatchImage\"");
    assertRefused(folder, "PatchImage is not known");
  }

  @Test
  void a_model_of_text_alone_is_refused() throws IOException {
    Path folder = copy();
    edit(folder, "genai_config.json", "\"embedding\": {", "\"other\": {");
    assertRefused(folder, "needs vision, embedding and decoder");
  }

  private Path copy() {
    return TinyModel.GENAI.copyTo(parent.resolve("genai"));
  }

  private static void edit(Path folder, String name, String from, String to) throws IOException {
    Path file = folder.resolve(name);
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  private static void assertRefused(Path folder, String problem) {
    assertThatThrownBy(() -> ModelFolder.read(folder, ExecutionProvider.CPU).preprocessor())
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(problem);
  }
}
