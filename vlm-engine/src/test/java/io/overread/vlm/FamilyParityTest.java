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
import io.overread.vlm.tiny.TinyFamily;
import io.overread.vlm.tiny.TinyFamily.Golden;
import io.overread.vlm.tiny.TinyModel;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each family against what Hugging Face {@code transformers} makes of the same tiny checkpoint: its
 * own image processor, tokenizer, template and modules, without a cache and without the exported
 * graphs. {@code training/parity} writes the folders.
 */
class FamilyParityTest {

  /** One level of 255, and a little for the last bit of a float. */
  private static final double ONE_LEVEL = 1.001;

  /** The logits spread over some ten; the graphs add in another order than torch does. */
  private static final double LOGIT = 2e-3;

  static Stream<TinyFamily> families() {
    return TinyFamily.all();
  }

  @ParameterizedTest
  @MethodSource("families")
  void the_pixels_are_transformers_within_one_level(TinyFamily tiny) {
    ModelFolder folder = ModelFolder.read(tiny.folder(), ExecutionProvider.CPU);
    ModelFamily family = Families.of(folder);
    assertThat(family.known()).isTrue();
    Normalisation normalisation = folder.unsizedPreprocessor().normalisation();
    tiny.pixels()
        .forEach(
            (name, levels) -> {
              HostTensor prepared =
                  Objects.requireNonNull(
                      family
                          .prepare(RgbImage.of(TinyFamily.picture(name)))
                          .inputs()
                          .get("pixel_values"));
              assertThat(levelsOf((HostTensor.Floats) prepared, tiny.plane(name), normalisation))
                  .containsExactly(levels, within(ONE_LEVEL));
            });
  }

  @ParameterizedTest
  @MethodSource("families")
  void ids_logits_and_the_greedy_answer_are_transformers(TinyFamily tiny) {
    try (OnnxModel model = tiny.load()) {
      for (Golden golden : tiny.golden()) {
        try (OnnxStudy study = model.encode(golden.pictures())) {
          int[] prompt = model.prompt(study, golden.question());
          assertThat(prompt).containsExactly(golden.ids());
          assertThat(logitsAfter(model, study, prompt))
              .containsExactly(golden.logits(), within(LOGIT));
          Answer answer = answer(model, study, golden.question());
          assertThat(answer.tokens()).isEqualTo(golden.tokens());
          for (int i = 0; i < answer.tokens().size(); i++) {
            assertThat(answer.tokenLogProbabilities().get(i))
                .isCloseTo(golden.logProbabilities().get(i), within(LOGIT));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void questions_score_together_as_alone_and_otherwise_on_a_blank_picture(TinyFamily tiny) {
    List<String> questions = List.of("Is there a nodule?", "Größe?", "What changed, and where?");
    BufferedImage blank = new BufferedImage(90, 70, BufferedImage.TYPE_INT_RGB);
    try (OnnxModel model = tiny.load();
        OnnxStudy study = model.encode(tiny.golden().getLast().pictures());
        OnnxStudy unseen = model.encode(List.of(blank, blank))) {
      List<AnswerScore> together = model.score(study, questions);
      List<AnswerScore> alone = model.score(study, questions, 1);
      List<AnswerScore> blind = model.score(unseen, questions);
      for (int i = 0; i < questions.size(); i++) {
        assertThat(together.get(i).logOdds())
            .isCloseTo(alone.get(i).logOdds(), within(LOGIT))
            .isNotCloseTo(blind.get(i).logOdds(), within(LOGIT));
      }
    }
  }

  @Test
  void an_export_that_only_looks_back_is_told_where_the_family_looks_ahead() {
    for (String causal : List.of("gemma3", "paligemma", "paligemma2")) {
      assertThat(warnings(causal)).singleElement().asString().contains("it only looks back");
    }
    for (String asItsFamily : List.of("gemma3-blocks", "paligemma-prefix", "llava", "smolvlm")) {
      assertThat(warnings(asItsFamily)).isEmpty();
    }
  }

  private static List<String> warnings(String name) {
    return ((ModelVerification.Verified)
            ModelVerification.verify(new TinyFamily(name).folder(), TinyModel.settings()))
        .warnings();
  }

  private static Answer answer(OnnxModel model, OnnxStudy study, String question) {
    return model.answer(
        study, question, Decoding.greedy(12), TokenListener.NONE, new Cancellation());
  }

  private static double[] logitsAfter(OnnxModel model, OnnxStudy study, int[] prompt) {
    DecoderStep step = model.graphs().start(study, prompt, prompt.length);
    step.present().close();
    float[] logits = step.logits().at(0, 0);
    return IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).toArray();
  }

  /** Back to 0..255, picture after picture, row after row, colours together, as a PNG has them. */
  private static double[] levelsOf(
      HostTensor.Floats pixels, int plane, Normalisation normalisation) {
    double[] levels = new double[pixels.values().length];
    for (int i = 0; i < levels.length; i++) {
      int color = i / plane % 3;
      double value =
          pixels.values()[i] * normalisation.deviation().get(color)
              + normalisation.mean().get(color);
      int picture = i / (3 * plane);
      levels[(picture * plane + i % plane) * 3 + color] = value / normalisation.factor();
    }
    return levels;
  }
}
