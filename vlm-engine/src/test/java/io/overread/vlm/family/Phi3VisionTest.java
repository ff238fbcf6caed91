package io.overread.vlm.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.overread.vlm.Answer;
import io.overread.vlm.Cancellation;
import io.overread.vlm.EncodedStudy;
import io.overread.vlm.EngineSettings;
import io.overread.vlm.OnnxModel;
import io.overread.vlm.TokenListener;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.image.Normalisation;
import io.overread.vlm.image.RgbImage;
import io.overread.vlm.model.FolderSurvey;
import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.onnx.ExecutionProvider;
import io.overread.vlm.onnx.HostTensor;
import io.overread.vlm.tiny.GenAiFolder;
import io.overread.vlm.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What onnxruntime-genai's run of the same weights does not tell of Phi-3.5 vision. */
class Phi3VisionTest {

  private static final GenAiFolder GENAI = new GenAiFolder("phi3v");

  @TempDir Path parent;

  @Test
  void a_hub_folder_is_read_as_the_checkpoint_s_own_processor_reads_it() throws IOException {
    Path folder = hub();
    assertThat(FolderSurvey.of(folder).missing()).isEmpty();
    JsonNode golden = GENAI.golden().get("hub");
    try (OnnxModel model = load(folder);
        EncodedStudy study = model.encode(List.of(GENAI.picture("wide")))) {
      Answer answer = answer(model, study, golden.get("question").stringValue(), 4);
      assertThat(answer.tokens())
          .isEqualTo(golden.get("tokens").valueStream().map(JsonNode::intValue).toList());
    }
  }

  /** Torch's cubic, where onnxruntime-extensions has Pillow's. */
  @Test
  void the_whole_image_of_a_hub_folder_is_shrunk_as_torch_does() throws IOException {
    ModelFolder folder = ModelFolder.read(hub(), ExecutionProvider.CPU);
    var pixels =
        (HostTensor.Floats)
            Objects.requireNonNull(
                Families.of(folder)
                    .prepare(RgbImage.of(GENAI.picture("wide")))
                    .inputs()
                    .get("pixel_values"));
    Normalisation normalisation = folder.unsizedPreprocessor().normalisation();
    double[] levels =
        IntStream.range(0, 3 * 21 * 21)
            .mapToDouble(
                i -> {
                  int color = i / (21 * 21);
                  int place = (5 + i / 21 % 21 * 16) * 336 + 5 + i % 21 * 16;
                  return (pixels.values()[color * 336 * 336 + place]
                              * normalisation.deviation().get(color)
                          + normalisation.mean().get(color))
                      * 255;
                })
            .toArray();
    double[] golden =
        GENAI
            .golden()
            .get("hub")
            .get("whole")
            .valueStream()
            .mapToDouble(JsonNode::doubleValue)
            .toArray();
    assertThat(levels).containsExactly(golden, within(0.01));
  }

  @Test
  void a_start_token_stands_before_each_text_where_the_tokenizer_has_one() throws IOException {
    ModelFamily family = Families.of(ModelFolder.read(hub(), ExecutionProvider.CPU));
    TextEncoder letters =
        (text, special) ->
            IntStream.concat(IntStream.of(special ? 1 : 0), text.chars().map(c -> 100 + c))
                .toArray();
    int[] ids = family.encode("a<|image_1|>b", List.of(new ImageLayout(3, 1, 1)), letters);
    assertThat(ids).containsExactly(1, 100 + 'a', -1, -1, -1, 1, 100 + 'b');
  }

  @Test
  void a_question_that_spells_an_image_adds_none() {
    try (OnnxModel model = GENAI.load();
        EncodedStudy study = model.encode(List.of(GENAI.picture("flat")))) {
      Answer answer = answer(model, study, "Is <|image_1|> or <|image_2|> worse?", 2);
      assertThat(answer.tokens()).isNotEmpty();
    }
  }

  @Test
  void a_number_of_tiles_that_no_memory_holds_is_refused() throws IOException {
    Path folder = hub();
    Path file = folder.resolve("preprocessor_config.json");
    Files.writeString(file, Files.readString(file).replace("16", "1600"));
    ModelFolder read = ModelFolder.read(folder, ExecutionProvider.CPU);
    assertThatThrownBy(() -> Families.of(read))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("num_crops");
  }

  /** The same weights as the hub's exports of this family name them. */
  private Path hub() throws IOException {
    Path folder = Files.createDirectories(parent.resolve("hub"));
    Path onnx = Files.createDirectories(folder.resolve("onnx"));
    for (List<String> names :
        List.of(
            List.of("vision.onnx", "vision_encoder.onnx"),
            List.of("embedding.onnx", "prepare_inputs_embeds.onnx"),
            List.of("text.onnx", "model.onnx"))) {
      Files.copy(GENAI.model().resolve(names.getFirst()), onnx.resolve(names.getLast()));
    }
    Files.copy(
        GENAI.model().resolve("tokenizer_config.json"), folder.resolve("tokenizer_config.json"));
    Files.copy(GENAI.root().resolve("hub-tokenizer.json"), folder.resolve("tokenizer.json"));
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"model_type": "phi3_v", "hidden_size": 32, "num_attention_heads": 2, "num_key_value_heads": 2,
         "num_hidden_layers": 2, "vocab_size": 400, "max_position_embeddings": 8192,
         "original_max_position_embeddings": 4096, "eos_token_id": 2}
        """);
    Files.writeString(
        folder.resolve("preprocessor_config.json"),
        """
        {"image_processor_type": "Phi3VImageProcessor", "num_crops": 16, "num_img_tokens": 144,
         "image_mean": [0.48145466, 0.4578275, 0.40821073],
         "image_std": [0.26862954, 0.26130258, 0.27577711]}
        """);
    Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": [2, 4]}");
    return folder;
  }

  private static OnnxModel load(Path folder) {
    return OnnxModel.load(
        folder,
        new EngineSettings(
            ExecutionProvider.CPU, 1, 64, 8192, TinyModel.settings().nativeFolder()));
  }

  private static Answer answer(OnnxModel model, EncodedStudy study, String question, int tokens) {
    return model.answer(
        study, question, Decoding.greedy(tokens), TokenListener.NONE, new Cancellation());
  }
}
