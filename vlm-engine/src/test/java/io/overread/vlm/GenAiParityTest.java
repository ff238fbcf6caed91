package io.overread.vlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.family.Families;
import io.overread.vlm.family.ModelFamily;
import io.overread.vlm.image.Normalisation;
import io.overread.vlm.image.RgbImage;
import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.onnx.DecoderStep;
import io.overread.vlm.onnx.ExecutionProvider;
import io.overread.vlm.onnx.HostTensor;
import io.overread.vlm.tiny.GenAiFolder;
import io.overread.vlm.tiny.GenAiFolder.Case;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Folders in onnxruntime-genai's layout, their decoders made by its model builder, against what
 * onnxruntime-genai itself makes of them: its image processor, tokenizer, loop. {@code
 * training/parity} writes them, and has transformers' modules agree first.
 */
class GenAiParityTest {

  /** One level of 255, and a little for the last bit of a float. */
  private static final double ONE_LEVEL = 1.001;

  /** Of a whole tile; the files keep three digits. */
  private static final double MEAN_LEVEL = 0.01;

  /** The logits spread over some ten. */
  private static final double LOGIT = 2e-3;

  @ParameterizedTest
  @ValueSource(strings = {"phi3v", "gemma3"})
  void the_pixels_are_those_of_onnxruntime_genai_within_one_level(String name) {
    GenAiFolder genAi = new GenAiFolder(name);
    ModelFolder folder = ModelFolder.read(genAi.model(), ExecutionProvider.CPU);
    ModelFamily family = Families.of(folder);
    assertThat(family.known()).isTrue();
    JsonNode golden = genAi.golden();
    int every = golden.get("every").intValue();
    int first = golden.get("first").intValue();
    for (String picture : golden.get("pixels").propertyNames()) {
      var pixels =
          (HostTensor.Floats)
              Objects.requireNonNull(
                  family.prepare(RgbImage.of(genAi.picture(picture))).inputs().get("pixel_values"));
      JsonNode means = golden.get("pixels").get(picture);
      Levels levels = new Levels(pixels, folder.unsizedPreprocessor().normalisation());
      assertThat(levels.means(means.size())).containsExactly(numbers(means), within(MEAN_LEVEL));
      assertThat(levels.some(means.size(), first, every))
          .containsExactly(
              Arrays.stream(genAi.levels(picture)).asDoubleStream().toArray(), within(ONE_LEVEL));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"phi3v", "gemma3"})
  void ids_logits_and_the_greedy_answer_are_those_of_onnxruntime_genai(String name) {
    GenAiFolder genAi = new GenAiFolder(name);
    try (OnnxModel model = genAi.load()) {
      for (Case asked : genAi.cases().toList()) {
        try (OnnxStudy study = model.encode(asked.pictures())) {
          int[] prompt = model.prompt(study, asked.question());
          assertThat(withoutImageNumbers(prompt)).isEqualTo(withoutImageNumbers(asked.ids()));
          assertThat(logitsAfter(model, study, prompt))
              .containsExactly(asked.logits(), within(LOGIT));
          Answer answer =
              model.answer(
                  study,
                  asked.question(),
                  Decoding.greedy(12),
                  TokenListener.NONE,
                  new Cancellation());
          assertThat(answer.tokens()).isEqualTo(asked.tokens());
          assertThat(doubles(answer.tokenLogProbabilities()))
              .containsExactly(asked.logProbabilities(), within(LOGIT));
        }
      }
    }
  }

  /** Beyond 4,096 tokens Phi's positions have other factors, and nothing read before would fit. */
  @Test
  void an_answer_ends_where_the_positions_change() {
    GenAiFolder genAi = new GenAiFolder("phi3v");
    try (OnnxModel model = genAi.load();
        OnnxStudy study = model.encode(List.of(genAi.picture("flat")))) {
      int words = 1;
      while (model.prompt(study, "What ".repeat(words + 4)).length <= 4096) {
        words += 4;
      }
      String question = "What ".repeat(words);
      Answer answer =
          model.answer(
              study, question, Decoding.greedy(64), TokenListener.NONE, new Cancellation());
      assertThat(answer.tokens())
          .hasSizeLessThanOrEqualTo(4096 - model.prompt(study, question).length)
          .isNotEmpty();
    }
  }

  /** Phi's prompts number their images downwards from -1; the engine keeps their order instead. */
  private static int[] withoutImageNumbers(int[] ids) {
    return Arrays.stream(ids).map(id -> Math.max(id, -1)).toArray();
  }

  private static double[] logitsAfter(OnnxModel model, OnnxStudy study, int[] prompt) {
    DecoderStep step = model.graphs().start(study, prompt, prompt.length);
    step.present().close();
    float[] logits = step.logits().at(0, 0);
    return IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).toArray();
  }

  private static double[] numbers(JsonNode rows) {
    return rows.valueStream()
        .flatMap(JsonNode::valueStream)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Pixels as 0..255 again. */
  private record Levels(HostTensor.Floats pixels, Normalisation normalisation) {

    private double at(int tile, int color, int place) {
      float value = pixels.values()[(tile * 3 + color) * plane() + place];
      double scaled =
          value * normalisation.deviation().get(color) + normalisation.mean().get(color);
      return scaled / normalisation.factor();
    }

    private int width() {
      return Math.toIntExact(pixels.shape()[pixels.shape().length - 1]);
    }

    private int plane() {
      return width() * Math.toIntExact(pixels.shape()[pixels.shape().length - 2]);
    }

    double[] means(int tiles) {
      return IntStream.range(0, tiles * 3)
          .mapToDouble(
              i ->
                  IntStream.range(0, plane())
                      .mapToDouble(place -> at(i / 3, i % 3, place))
                      .average()
                      .orElseThrow())
          .toArray();
    }

    /** Tile after tile, row after row, colours together, as the picture has them. */
    double[] some(int tiles, int first, int every) {
      int across = Math.ceilDiv(width() - first, every);
      int down = Math.ceilDiv(plane() / width() - first, every);
      return IntStream.range(0, tiles * down * across * 3)
          .mapToDouble(
              i -> {
                int cell = i / 3 % (down * across);
                int row = first + cell / across * every;
                int column = first + cell % across * every;
                return at(i / 3 / (down * across), i % 3, row * width() + column);
              })
          .toArray();
    }
  }
}
