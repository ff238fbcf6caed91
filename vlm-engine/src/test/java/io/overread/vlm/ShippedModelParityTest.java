package io.overread.vlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.finding.Finding;
import io.overread.vlm.finding.FindingCatalogues;
import io.overread.vlm.model.ShippedModel;
import io.overread.vlm.tiny.TinyModel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The shipped model in Java against Python's ONNX Runtime, on the synthetic samples: {@code
 * training/reference/parity.json}, written by the training pipeline beside the model.
 */
class ShippedModelParityTest {

  private static final Path REFERENCE = Path.of("training/reference/parity.json");
  private static final Path SAMPLES = Path.of("../service/src/main/resources/samples");

  private static OnnxModel model;
  private static JsonNode reference;
  private static Map<String, BufferedImage> images;

  @BeforeAll
  static void load() throws IOException {
    reference = JsonMapper.shared().readTree(REFERENCE);
    images = samples();
    model =
        OnnxModel.load(ShippedModel.extractTo(Path.of("target", "models")), TinyModel.settings());
  }

  @AfterAll
  static void unload() {
    if (model != null) {
      model.close();
    }
  }

  @Test
  void greedy_answers_are_python_s_token_for_token() {
    for (JsonNode one : reference.get("cases")) {
      try (EncodedStudy study = model.encode(List.of(image(one)))) {
        for (JsonNode prompt : one.get("prompts")) {
          Answer answer =
              model.answer(
                  study,
                  prompt.get("question").stringValue(),
                  Decoding.greedy(64),
                  TokenListener.NONE,
                  new Cancellation());
          List<Integer> expected =
              prompt.get("token_ids").valueStream().map(JsonNode::intValue).limit(64).toList();
          assertThat(answer.tokens())
              .as(one.get("image").stringValue() + ": " + prompt.get("question").stringValue())
              .isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void log_odds_alone_and_in_a_batch_are_python_s_within_the_stated_tolerance() {
    double tolerance = reference.get("tolerance").get("yes_minus_no").doubleValue();
    for (JsonNode one : reference.get("cases")) {
      try (EncodedStudy study = model.encode(List.of(image(one)))) {
        List<String> questions =
            one.get("prompts").valueStream().map(p -> p.get("question").stringValue()).toList();
        List<AnswerScore> batch = model.score(study, questions);
        List<AnswerScore> alone = model.score(study, questions, 1);
        for (int i = 0; i < questions.size(); i++) {
          double expected = one.get("prompts").get(i).get("yes_minus_no").doubleValue();
          assertThat(alone.get(i).logOdds()).isCloseTo(expected, within(tolerance));
          // Other processors' int8 kernels may take one scale for a whole batch.
          assertThat(batch.get(i).logOdds()).isCloseTo(expected, within(2 * tolerance));
        }
      }
    }
  }

  @Test
  void a_question_scores_the_same_to_the_last_bit_alone_and_in_a_battery() {
    assumeThat(System.getProperty("os.arch")).as("int8 kernels differ").isEqualTo("amd64");
    List<String> questions =
        FindingCatalogues.shipped().forStudy("DX", "CHEST").findings().stream()
            .map(Finding::question)
            .toList();
    try (EncodedStudy study = model.encode(List.of(image(reference.get("cases").get(0))))) {
      List<AnswerScore> battery = model.score(study, questions);
      for (int i = 0; i < questions.size(); i++) {
        assertThat(model.score(study, questions.subList(i, i + 1))).containsExactly(battery.get(i));
      }
    }
  }

  @Test
  void answers_written_at_the_same_time_are_those_written_alone_to_the_last_bit() throws Exception {
    JsonNode one = reference.get("cases").get(0);
    List<String> questions =
        one.get("prompts").valueStream().map(p -> p.get("question").stringValue()).toList();
    try (EncodedStudy study = model.encode(List.of(image(one)));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Answer>> asked =
          questions.stream()
              .map(question -> (Callable<Answer>) () -> ask(study, question))
              .toList();
      List<Future<Answer>> together = threads.invokeAll(asked);
      for (int i = 0; i < questions.size(); i++) {
        assertThat(together.get(i).get()).isEqualTo(ask(study, questions.get(i)));
      }
    }
  }

  private static Answer ask(EncodedStudy study, String question) {
    // A space at the end is stripped from the prompt, and keeps a report from being guessed.
    return model.answer(
        study, question + " ", Decoding.greedy(64), TokenListener.NONE, new Cancellation());
  }

  @Test
  void a_report_with_guesses_is_the_report_without_token_for_token() {
    Decoding plain = new Decoding(64, 1e-9, 1, 1, 0); // greedy in all but name: nothing is guessed
    for (int round = 0; round < 2; round++) {
      for (JsonNode one : reference.get("cases")) {
        try (EncodedStudy study = model.encode(List.of(image(one)))) {
          Answer guessed =
              model.describe(study, Decoding.greedy(64), TokenListener.NONE, new Cancellation());
          Answer expected = model.describe(study, plain, TokenListener.NONE, new Cancellation());
          assertThat(guessed.tokens()).isEqualTo(expected.tokens());
        }
      }
    }
  }

  @Test
  void the_shipped_folder_is_verified() {
    Path folder = ShippedModel.extractTo(Path.of("target", "models"));
    assertThat(ModelVerification.verify(folder, TinyModel.settings()))
        .isInstanceOfSatisfying(
            ModelVerification.Verified.class,
            verified -> {
              assertThat(verified.digestsCompared()).isTrue();
              assertThat(folder).hasFileName(verified.identity().digest());
            });
  }

  private static BufferedImage image(JsonNode one) {
    String name = one.get("image").stringValue();
    if (name.equals("blank")) {
      return gray(one.get("height").intValue(), one.get("width").intValue());
    }
    return Objects.requireNonNull(images.get(name), name);
  }

  /** The principal-component samples, rounded as Python rounds them: to the even neighbour. */
  private static Map<String, BufferedImage> samples() throws IOException {
    JsonNode about = JsonMapper.shared().readTree(SAMPLES.resolve("chest-components.json"));
    byte[] raw;
    try (InflaterInputStream in =
        new InflaterInputStream(
            new ByteArrayInputStream(
                Files.readAllBytes(SAMPLES.resolve(about.get("file").stringValue()))))) {
      raw = in.readAllBytes();
    }
    int height = about.get("height").intValue();
    int width = about.get("width").intValue();
    int pixels = height * width;
    Map<String, BufferedImage> samples = new HashMap<>();
    for (JsonNode sample : about.get("samples")) {
      BufferedImage image = gray(height, width);
      for (int p = 0; p < pixels; p++) {
        double value = raw[p] & 0xff;
        for (int c = 0; c < about.get("components").intValue(); c++) {
          value +=
              sample.get("coefficients").get(c).doubleValue()
                  * about.get("scales").get(c).doubleValue()
                  * raw[(c + 1) * pixels + p];
        }
        int rounded = (int) Math.rint(Math.clamp(value, 0, 255));
        image.getRaster().setSample(p % width, p / width, 0, rounded);
      }
      samples.put(sample.get("name").stringValue(), image);
    }
    return samples;
  }

  private static BufferedImage gray(int height, int width) {
    return new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
  }
}
