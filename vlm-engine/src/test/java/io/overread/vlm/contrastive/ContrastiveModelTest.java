package io.overread.vlm.contrastive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.overread.vlm.AnswerScore;
import io.overread.vlm.ModelVerification;
import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.failure.PromptTooLongException;
import io.overread.vlm.finding.Finding;
import io.overread.vlm.finding.FindingCatalogue;
import io.overread.vlm.finding.FindingCatalogues;
import io.overread.vlm.finding.ScoredFinding;
import io.overread.vlm.model.Calibration;
import io.overread.vlm.model.ContrastiveFolder;
import io.overread.vlm.model.ContrastiveSizes;
import io.overread.vlm.onnx.ExecutionProvider;
import io.overread.vlm.text.ModelTokenizer;
import io.overread.vlm.tiny.TinyModel;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reference values by {@code training/parity/contrastive.py}. */
class ContrastiveModelTest {

  private static final Finding FINDING =
      FindingCatalogues.shipped().forStudy("DX", "CHEST").findings().getFirst();
  private static final Calibration FITTED =
      new Calibration(
          new Calibration.Line(1, 0), Map.of(FINDING.question(), new Calibration.Line(0.5, 0)));

  private static final double LOGIT_TOLERANCE = 2e-3;

  @ParameterizedTest
  @ValueSource(strings = {"clip", "siglip", "biomedclip"})
  void texts_become_the_tokens_that_the_hub_s_processor_makes(String name) {
    JsonNode told = told(name);
    ContrastiveFolder folder = ContrastiveFolder.read(path(name), ExecutionProvider.CPU);
    try (ModelTokenizer tokenizer =
        ModelTokenizer.open(folder.tokenizerFile(), TinyModel.settings().nativeFolder())) {
      long[] ids = TextBatch.of(folder, tokenizer).tokens(texts(told)).ids();
      List<Long> expected =
          told.get("ids")
              .valueStream()
              .flatMap(row -> row.valueStream().map(JsonNode::longValue))
              .toList();
      assertThat(Arrays.stream(ids).boxed()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip", "siglip", "biomedclip"})
  void pixels_are_the_hub_s_within_one_grey_level(String name) {
    ContrastiveFolder folder = ContrastiveFolder.read(path(name), ExecutionProvider.CPU);
    float[] pixels = folder.preprocessor().prepare(TinyModel.picture()).values();
    List<Double> expected =
        told(name).get("pixels").valueStream().map(JsonNode::doubleValue).toList();
    // One level of 255 over the smallest standard deviation of the three configurations.
    double level = 1 / 255.0 / (name.equals("siglip") ? 0.5 : 0.26);
    for (int i = 0; i < expected.size(); i++) {
      assertThat((double) pixels[i * 37]).isCloseTo(expected.get(i), within(level + 1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip", "siglip", "biomedclip"})
  void texts_fit_an_image_as_well_as_transformers_says(String name) {
    JsonNode told = told(name);
    try (ContrastiveModel model = load(name)) {
      float[] logits = model.logits(TinyModel.picture(), texts(told));
      List<Double> expected = told.get("logits").valueStream().map(JsonNode::doubleValue).toList();
      for (int i = 0; i < logits.length; i++) {
        assertThat((double) logits[i]).isCloseTo(expected.get(i), within(LOGIT_TOLERANCE));
      }
    }
  }

  @Test
  void clip_s_probabilities_add_up_to_one_and_siglip_s_stand_alone() {
    List<String> texts = texts(told("clip"));
    try (ContrastiveModel clip = load("clip");
        ContrastiveModel siglip = load("siglip")) {
      assertThat(Arrays.stream(clip.probabilities(TinyModel.picture(), texts)).sum())
          .isCloseTo(1, within(1e-9));
      double alone = siglip.probabilities(TinyModel.picture(), texts.subList(0, 1))[0];
      assertThat(siglip.probabilities(TinyModel.picture(), texts)[0])
          .isCloseTo(alone, within(1e-5));
    }
  }

  @Test
  void a_finding_is_scored_by_the_sentence_that_names_it_against_the_one_that_denies_it() {
    FindingCatalogue chest = FindingCatalogues.shipped().forStudy("DX", "CHEST");
    try (ContrastiveModel model = load("siglip")) {
      List<ZeroShotFinding> scored =
          ZeroShotBattery.run(
              model, List.of(TinyModel.blank(), TinyModel.picture()), chest.findings());
      assertThat(scored).hasSameSizeAs(chest.findings());
      ZeroShotFinding first = scored.getFirst();
      List<String> pair =
          List.of(first.finding().presentSentence(), first.finding().absentSentence());
      float[] blank = model.logits(TinyModel.blank(), pair);
      float[] picture = model.logits(TinyModel.picture(), pair);
      assertThat(first.logOdds())
          .isCloseTo(
              Math.max(blank[0] - blank[1], picture[0] - picture[1]), within(LOGIT_TOLERANCE));
      assertThat(first.probability()).isCloseTo(1 / (1 + Math.exp(-first.logOdds())), within(1e-9));
    }
  }

  @Test
  void beside_the_generator_each_weighs_as_much_as_it_is_told_to() {
    assertThat(together(0, FITTED, true)).isEqualTo(0.8);
    assertThat(together(0.5, FITTED, true)).isCloseTo(0.5, within(1e-9));
    assertThat(together(1, FITTED, true)).isCloseTo(0.2, within(1e-9));
    assertThatThrownBy(() -> together(Double.NaN, FITTED, true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void what_was_never_calibrated_has_no_part_in_a_calibrated_probability() {
    assertThat(together(0.5, FITTED, false)).isEqualTo(0.8);
    assertThat(together(0.5, Calibration.IDENTITY, true)).isEqualTo(0.8);
    ScoredFinding none = ScoredFinding.withoutProbability(FINDING, AnswerScore.Choice.NO);
    List<ZeroShotFinding> zeroShot = List.of(new ZeroShotFinding(FINDING, 0.2, true, -1.4));
    BesideFinding beside = ZeroShotBattery.beside(List.of(none), FITTED, zeroShot, 0.5).getFirst();
    assertThat(beside.joined()).isFalse();
    assertThat(beside.scored()).isEqualTo(none);
  }

  @Test
  void joining_keeps_what_the_generator_said_without_the_image() {
    ScoredFinding alone =
        new ScoredFinding(FINDING, 0.8, 1.4, -0.2, -1.6, AnswerScore.Choice.YES, 1.3);
    ScoredFinding scored =
        ZeroShotBattery.beside(
                List.of(alone), FITTED, List.of(new ZeroShotFinding(FINDING, 0.2, true, -1.4)), 0.5)
            .getFirst()
            .scored();
    assertThat(scored).isEqualTo(alone.withProbability(scored.probability()));
    assertThat(scored.imageShift()).isEqualTo(alone.imageShift());
  }

  private static double together(double weight, Calibration generator, boolean calibrated) {
    return ZeroShotBattery.beside(
            List.of(new ScoredFinding(FINDING, 0.8, 1.4, -0.2, -1.6)),
            generator,
            List.of(new ZeroShotFinding(FINDING, 0.2, calibrated, -1.4)),
            weight)
        .getFirst()
        .scored()
        .probability();
  }

  @Test
  void the_memory_of_a_run_grows_with_its_texts_and_a_text_too_long_is_told_beforehand() {
    ContrastiveSizes tiny = ContrastiveFolder.read(path("clip"), ExecutionProvider.CPU).sizes();
    assertThat(tiny.runBytes(30)).isBetween(2 * tiny.runBytes(1), 30 * tiny.runBytes(1));
    try (ContrastiveModel model = load("clip")) {
      assertThat(model.runBytes(30)).isEqualTo(tiny.runBytes(30));
      assertThatThrownBy(() -> model.requireReadable(List.of("lung ".repeat(200))))
          .isInstanceOf(PromptTooLongException.class);
    }
  }

  @Test
  void a_text_longer_than_the_model_reads_is_refused() {
    try (ContrastiveModel model = load("clip")) {
      assertThatThrownBy(() -> model.logits(TinyModel.picture(), List.of("lung ".repeat(200))))
          .isInstanceOf(PromptTooLongException.class);
    }
  }

  @Test
  void a_folder_says_whether_it_is_contrastive_and_what_it_lacks(@TempDir Path folder)
      throws Exception {
    assertThat(ContrastiveFolder.is(path("clip"))).isTrue();
    assertThat(ContrastiveFolder.is(TinyModel.PLAIN.folder())).isFalse();
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"clip\"}");
    assertThatThrownBy(() -> ContrastiveModel.load(folder, TinyModel.settings()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("onnx/model");
  }

  @Test
  void a_folder_that_runs_is_verified_and_one_with_a_broken_graph_names_it(@TempDir Path parent)
      throws Exception {
    assertThat(ContrastiveVerification.verify(path("siglip"), TinyModel.settings()))
        .isInstanceOfSatisfying(
            ModelVerification.Verified.class,
            verified -> assertThat(verified.digestsCompared()).isFalse());
    Files.createDirectories(parent.resolve("onnx"));
    for (String name :
        List.of(
            "config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json")) {
      Files.copy(path("siglip").resolve(name), parent.resolve(name));
    }
    Files.writeString(parent.resolve("onnx/model.onnx"), "no graph");
    assertThat(ContrastiveVerification.verify(parent, TinyModel.settings()))
        .isInstanceOfSatisfying(
            ModelVerification.Rejected.class,
            rejected -> assertThat(rejected.faults().getFirst().subject()).contains("model.onnx"));
  }

  private static ContrastiveModel load(String name) {
    return ContrastiveModel.load(path(name), TinyModel.settings());
  }

  private static List<String> texts(JsonNode told) {
    return told.get("texts").valueStream().map(JsonNode::stringValue).toList();
  }

  private static JsonNode told(String name) {
    return JsonMapper.shared().readTree(path(name + ".json"));
  }

  private static Path path(String name) {
    URL resource = ContrastiveModelTest.class.getResource(name);
    try {
      return Path.of(java.util.Objects.requireNonNull(resource, name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
