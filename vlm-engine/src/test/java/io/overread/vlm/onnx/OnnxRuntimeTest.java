package io.overread.vlm.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.tiny.TinyModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxRuntimeTest {

  private static final Path NATIVES = Path.of("target", "natives");

  @ParameterizedTest
  @EnumSource(
      value = ExecutionProvider.class,
      names = {"CUDA", "AUTO"})
  void without_a_gpu_the_model_runs_on_the_processor(ExecutionProvider wanted) {
    assumeFalse(Files.exists(Path.of("/proc/driver/nvidia/version")), "there is a GPU here");
    OnnxRuntime runtime = OnnxRuntime.start(wanted, 1, NATIVES);
    assertThat(runtime.provider()).isEqualTo(ExecutionProvider.CPU);
    try (TokenEmbedding embedding =
        TokenEmbedding.open(runtime, TinyModel.PLAIN.folder().resolve("onnx/embed_tokens.onnx"))) {
      assertThat(embedding.embed(new int[] {1, 2})).hasSize(32);
    }
  }

  @Test
  void a_graph_that_lacks_its_input_is_refused_by_file_and_tensor() {
    OnnxRuntime runtime = OnnxRuntime.start(ExecutionProvider.CPU, 1, NATIVES);
    assertThatThrownBy(
            () ->
                VisionEncoder.open(
                    runtime,
                    TinyModel.PLAIN.folder().resolve("onnx/embed_tokens.onnx"),
                    new VisionTensors(Set.of(), Set.of(), null)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("embed_tokens.onnx: pixel_values");
  }
}
