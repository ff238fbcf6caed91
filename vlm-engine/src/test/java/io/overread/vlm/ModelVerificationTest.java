package io.overread.vlm;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.vlm.model.ModelFault;
import io.overread.vlm.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelVerificationTest {

  @TempDir Path parent;

  @Test
  void a_sound_model_is_verified() {
    assertThat(verify(TinyModel.PLAIN.folder()))
        .isInstanceOfSatisfying(
            ModelVerification.Verified.class,
            verified -> {
              assertThat(verified.identity().name()).isEqualTo("tiny-plain");
              assertThat(verified.digestsCompared()).isTrue();
            });
  }

  @Test
  void a_hub_model_without_digests_runs_and_says_that_none_were_compared() {
    assertThat(verify(TinyModel.HALVES.folder()))
        .isInstanceOfSatisfying(
            ModelVerification.Verified.class,
            verified -> assertThat(verified.digestsCompared()).isFalse());
  }

  @Test
  void a_changed_graph_is_named() throws IOException {
    Path folder = TinyModel.PLAIN.copyTo(parent.resolve("model"));
    Path graph = folder.resolve("onnx/vision_encoder.onnx");
    byte[] bytes = Files.readAllBytes(graph);
    bytes[bytes.length / 2] ^= 1;
    Files.write(graph, bytes);
    assertRejected(folder, "onnx/vision_encoder.onnx", "SHA-256");
  }

  @Test
  void a_graph_that_is_no_graph_is_named() throws IOException {
    Path folder = undescribed();
    Files.writeString(folder.resolve("onnx/embed_tokens.onnx"), "no graph");
    assertRejected(folder, "embed_tokens.onnx", "ONNX Runtime cannot load it");
  }

  @Test
  void a_graph_with_other_tensors_is_named_with_the_tensor() throws IOException {
    Path folder = undescribed();
    Files.copy(
        folder.resolve("onnx/embed_tokens.onnx"),
        folder.resolve("onnx/decoder_model_merged.onnx"),
        StandardCopyOption.REPLACE_EXISTING);
    assertRejected(folder, "decoder_model_merged.onnx: inputs_embeds", "missing");
  }

  @Test
  void shapes_that_disagree_with_the_configuration_are_named() throws IOException {
    Path folder = undescribed();
    edit(folder.resolve("config.json"), "\"hidden_size\": 16", "\"hidden_size\": 24");
    assertRejected(folder, "embed_tokens.onnx: inputs_embeds", "config.json says 24");
  }

  @Test
  void an_image_size_that_the_encoder_does_not_take_is_named() throws IOException {
    Path folder = undescribed();
    edit(folder.resolve("preprocessor_config.json"), "\"width\": 16", "\"width\": 24");
    assertRejected(folder, "vision_encoder.onnx: pixel_values", "16x24");
  }

  @Test
  void a_chat_template_without_an_image_is_named() throws IOException {
    Path folder = undescribed();
    Files.writeString(folder.resolve("chat_template.jinja"), "{{ messages[0].role }}");
    assertRejected(folder, "chat_template", "no image token");
  }

  @Test
  void a_family_that_is_not_known_runs_as_llava_does_and_is_told() throws IOException {
    Path folder = undescribed();
    edit(folder.resolve("config.json"), "\"llava\"", "\"newest_vl\"");
    assertThat(verify(folder))
        .isInstanceOfSatisfying(
            ModelVerification.Verified.class,
            verified ->
                assertThat(verified.warnings())
                    .singleElement()
                    .asString()
                    .contains("newest_vl", "read as LLaVA is"));
  }

  @Test
  void an_empty_folder_is_named() {
    assertRejected(parent, "config.json", "missing");
  }

  private Path undescribed() throws IOException {
    Path folder = TinyModel.PLAIN.copyTo(parent.resolve("model"));
    Files.delete(folder.resolve("overread.json"));
    return folder;
  }

  private static void edit(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  private static void assertRejected(Path folder, String subject, String problem) {
    assertThat(verify(folder))
        .isInstanceOfSatisfying(
            ModelVerification.Rejected.class,
            rejected -> {
              ModelFault fault = rejected.faults().getFirst();
              assertThat(fault.subject()).isEqualTo(subject);
              assertThat(fault.problem()).contains(problem);
            });
  }

  private static ModelVerification.Result verify(Path folder) {
    return ModelVerification.verify(folder, TinyModel.settings());
  }
}
