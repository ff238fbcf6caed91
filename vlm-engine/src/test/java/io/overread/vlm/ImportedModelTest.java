package io.overread.vlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.model.FolderSurvey;
import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.onnx.ExecutionProvider;
import io.overread.vlm.tiny.TinyFamily;
import io.overread.vlm.tiny.TinyModel;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder as {@code model import --quantise q4} wrote it, of a checkpoint in LLaVA-Med's published
 * layout; two of its graphs have their weights in files beside them. {@code parity/imported.py}
 * made it, with the greedy tokens of Python's ONNX Runtime on the same graphs.
 */
class ImportedModelTest {

  @TempDir Path temporary;

  @Test
  void four_bits_give_the_greedy_tokens_of_python_s_onnx_runtime() {
    JsonNode golden = JsonMapper.shared().readTree(fixture().resolve("../golden.json"));
    try (OnnxModel model = OnnxModel.load(fixture(), TinyModel.settings());
        OnnxStudy study = model.encode(List.of(TinyFamily.picture("wide")))) {
      for (JsonNode told : golden) {
        Answer answer =
            model.answer(
                study,
                told.get("question").stringValue(),
                Decoding.greedy(12),
                TokenListener.NONE,
                new Cancellation());
        assertThat(answer.tokens())
            .isEqualTo(told.get("tokens").valueStream().map(JsonNode::intValue).toList());
      }
    }
  }

  @Test
  void the_folder_says_which_graphs_have_four_bits_and_takes_less_memory() {
    ModelFolder folder = ModelFolder.read(fixture(), ExecutionProvider.CPU);
    assertThat(folder.graphs().decoder().getFileName()).hasToString("decoder_model_merged_q4.onnx");
    assertThat(folder.graphs().tokenEmbedding().getFileName()).hasToString("embed_tokens_q4.onnx");
    assertThat(folder.graphs().visionEncoder().getFileName()).hasToString("vision_encoder.onnx");
    FolderSurvey whole = FolderSurvey.of(new TinyFamily("llava-med").folder());
    assertThat(FolderSurvey.of(fixture()).weightBytes()).isLessThan(whole.weightBytes() * 2 / 3);
  }

  @Test
  void weights_beside_a_graph_are_among_its_digests() throws IOException {
    Path copy = temporary.resolve("copy");
    TinyModel.copy(fixture(), copy);
    assertThat(ModelFolder.read(copy, ExecutionProvider.CPU).compareDigests()).isEmpty();
    Path weights = copy.resolve("onnx/decoder_model_merged_q4.onnx_data");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length / 2] ^= 1;
    Files.write(weights, bytes);
    assertThat(ModelFolder.read(copy, ExecutionProvider.CPU).compareDigests())
        .singleElement()
        .satisfies(
            fault ->
                assertThat(fault.subject()).isEqualTo("onnx/decoder_model_merged_q4.onnx_data"));
  }

  @Test
  void what_a_killed_import_leaves_does_not_load() throws IOException {
    Path begun = temporary.resolve("model.importing");
    TinyModel.copy(fixture(), begun);
    Files.writeString(begun.resolve("overread.json"), "{}\n");
    assertThatThrownBy(() -> OnnxModel.load(begun, TinyModel.settings()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("overread.json");
  }

  private static Path fixture() {
    URL resource = ImportedModelTest.class.getResource("imported/llava-med-q4/model/config.json");
    try {
      return Objects.requireNonNull(Path.of(Objects.requireNonNull(resource).toURI()).getParent());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
