package io.overread.vlm.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.overread.vlm.Answer;
import io.overread.vlm.AnswerScore;
import io.overread.vlm.Cancellation;
import io.overread.vlm.EncodedStudy;
import io.overread.vlm.TokenListener;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.decoding.FinishReason;
import io.overread.vlm.failure.PromptTooLongException;
import io.overread.vlm.finding.LocatedFinding.Method;
import io.overread.vlm.model.Calibration;
import io.overread.vlm.model.ModelIdentity;
import io.overread.vlm.region.RegionText;
import io.overread.vlm.region.WrittenRegion;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindingLocatorTest {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final List<Finding> FINDINGS =
      List.of(finding("mass", "Mass"), finding("nodule", "Nodule"), finding("edema", "Edema"));

  @Test
  void a_map_comes_before_a_box_and_that_before_occlusion() {
    Locating model = new Locating(true);
    BufferedImage image = bright();
    Map<String, LocatedFinding> located;
    try (EncodedStudy study = model.encode(List.of(image))) {
      located = new FindingLocator(model, LONG).locate(study, image, FINDINGS);
    }
    assertThat(Objects.requireNonNull(located.get("mass")).method()).isEqualTo(Method.MAP);
    LocatedFinding nodule = Objects.requireNonNull(located.get("nodule"));
    assertThat(nodule.method()).isEqualTo(Method.BOX);
    assertThat(nodule.box().width()).as("the larger one").isCloseTo(0.5, within(1e-9));
    LocatedFinding edema = Objects.requireNonNull(located.get("edema"));
    assertThat(edema.method()).isEqualTo(Method.OCCLUSION);
    assertThat(edema.box().x()).as("where it is bright").isGreaterThan(0.5);
    assertThat(model.asked).containsExactly("where is nodule", "where is edema");
  }

  @Test
  void nothing_is_covered_where_that_may_take_no_time_or_there_is_no_image() {
    Locating model = new Locating(false);
    BufferedImage image = bright();
    try (EncodedStudy study = model.encode(List.of(image))) {
      assertThat(new FindingLocator(model, Duration.ZERO).locate(study, image, FINDINGS))
          .containsOnlyKeys("mass");
      assertThat(new FindingLocator(model, Duration.ofNanos(1)).locate(study, image, FINDINGS))
          .containsOnlyKeys("mass");
      assertThat(new FindingLocator(model, LONG).locate(study, null, FINDINGS))
          .containsOnlyKeys("mass");
    }
    assertThat(model.encodings).as("one of them, to see how long it takes").isEqualTo(2);
  }

  @Test
  void a_question_that_fails_costs_the_outline_and_not_the_draft() {
    Locating model = new Locating(true);
    model.fails = true;
    try (EncodedStudy study = model.encode(List.of(bright()))) {
      assertThat(new FindingLocator(model, LONG).locate(study, null, FINDINGS))
          .containsOnlyKeys("mass");
    }
  }

  private static Finding finding(String id, String name) {
    return new Finding(id, name, "Is there " + id + "?", name + ".", "No.", List.of(), null);
  }

  /** Black, with white at the right. */
  private static BufferedImage bright() {
    BufferedImage image = new BufferedImage(70, 70, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(50, 30, 10, 10);
    pen.dispose();
    return image;
  }

  /**
   * Has a map of a mass, may write boxes of a nodule, and is the surer the brighter an image is.
   */
  private static final class Locating implements VisionLanguageModel {
    private final boolean writes;
    private final List<String> asked = new ArrayList<>();
    private boolean fails;
    private int encodings;

    Locating(boolean writes) {
      this.writes = writes;
    }

    @Override
    public ModelIdentity identity() {
      return new ModelIdentity("locating", "1", "0");
    }

    @Override
    public String runsOn() {
      return "here";
    }

    @Override
    public Calibration calibration() {
      return Calibration.IDENTITY;
    }

    @Override
    public List<String> mappedFindings() {
      return List.of("mass");
    }

    @Override
    public String reportPrompt() {
      return "Describe.";
    }

    @Override
    public Optional<String> refusalText() {
      return Optional.empty();
    }

    @Override
    public int imageBudget() {
      return 1;
    }

    @Override
    public EncodedStudy encode(List<BufferedImage> images) {
      encodings++;
      return new Seen(images.getFirst());
    }

    @Override
    public Optional<String> groundingQuestion(String thing) {
      return writes ? Optional.of("where is " + thing) : Optional.empty();
    }

    @Override
    public Answer answer(
        EncodedStudy study,
        String question,
        Decoding decoding,
        TokenListener listener,
        Cancellation cancellation) {
      if (fails) {
        throw new PromptTooLongException("tokens", 2, 1);
      }
      asked.add(question);
      return new Answer("", List.of(), List.of(), FinishReason.STOP, false, 0);
    }

    @Override
    public RegionText regions(EncodedStudy study, String question, Answer answer) {
      return question.endsWith("nodule")
          ? new RegionText(
              "",
              List.of(
                  new WrittenRegion.Box("small", 0.1, 0.1, 0.2, 0.2),
                  new WrittenRegion.Box("large", 0.2, 0.2, 0.7, 0.4)))
          : RegionText.plain("");
    }

    @Override
    public List<AnswerScore> score(EncodedStudy study, List<String> questions) {
      BufferedImage image = ((Seen) study).image;
      int bright = 0;
      for (int x = 50; x < 60; x++) {
        bright += (image.getRGB(x, 35) & 255) > 128 ? 1 : 0;
      }
      double odds = bright;
      return questions.stream().map(each -> new AnswerScore(each, odds, 0, 0)).toList();
    }

    @Override
    public void close() {}
  }

  private record Seen(BufferedImage image) implements EncodedStudy {
    @Override
    public int images() {
      return 1;
    }

    @Override
    public Optional<FindingRegion> region(int index, String findingId) {
      return findingId.equals("mass")
          ? FindingRegion.of(2, new float[] {1, 0, 0, 0})
          : Optional.empty();
    }

    @Override
    public void close() {}
  }
}
