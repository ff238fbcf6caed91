package io.overread.vlm.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.overread.vlm.Answer;
import io.overread.vlm.AnswerScore;
import io.overread.vlm.Cancellation;
import io.overread.vlm.EncodedStudy;
import io.overread.vlm.ImageDependence;
import io.overread.vlm.TokenListener;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.decoding.FinishReason;
import io.overread.vlm.finding.FindingRegion;
import io.overread.vlm.model.AnswerCalibration;
import io.overread.vlm.model.Calibration;
import io.overread.vlm.model.ModelIdentity;
import io.overread.vlm.model.Scope;
import io.overread.vlm.model.StatedLimits;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerCheckTest {

  private static final String QUESTION = "What is it?";
  private static final StatedLimits LIMITS =
      new StatedLimits(
          Scope.UNSTATED, true, new AnswerCalibration(2, 2, 0, 0, 0.5), null, 0.5, null);

  @Test
  void a_likely_answer_is_given_with_its_probability() {
    AnswerCheck.Checked checked = check(new Told(LIMITS, 0, 3.0), answer("a cyst", -0.1, false));
    assertThat(checked.objection()).isEmpty();
    assertThat(checked.probability().orElseThrow())
        .isCloseTo(1 / (1 + Math.exp(-1.8)), within(1e-9));
  }

  @Test
  void an_answer_below_the_threshold_is_not_given_and_the_reason_says_so() {
    AnswerCheck.Checked checked = check(new Told(LIMITS, 0, 3.0), answer("a cyst", -1.5, false));
    assertThat(guard(checked)).isEqualTo(Guard.LOW_PROBABILITY);
    assertThat(checked.objection().orElseThrow().reason()).contains("27 %", "50 %");
  }

  @Test
  void an_answer_as_likely_without_the_image_is_not_given() {
    assertThat(guard(check(new Told(LIMITS, 0, 0.1), answer("a cyst", -0.1, false))))
        .isEqualTo(Guard.IMAGE_INDEPENDENT);
  }

  @Test
  void a_refusal_is_passed_on_as_such() {
    assertThat(guard(check(new Told(LIMITS, 0, 3.0), answer("Can't tell.", -0.1, true))))
        .isEqualTo(Guard.REFUSED);
  }

  @Test
  void a_yes_or_no_gets_the_calibrated_probability_of_its_question() {
    AnswerCheck.Checked no = check(new Told(LIMITS, -2, 3.0), answer("No.", -0.1, false));
    assertThat(no.probability().orElseThrow()).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-9));
    assertThat(no.objection()).isEmpty();
    assertThat(guard(check(new Told(LIMITS, -2, 3.0), answer("yes", -0.1, false))))
        .isEqualTo(Guard.LOW_PROBABILITY);
  }

  @Test
  void a_measurement_is_not_given_however_sure_the_model_is() {
    assertThat(guard(check(new Told(LIMITS, 0, 3.0), answer("3 cm", -0.01, false))))
        .isEqualTo(Guard.MEASUREMENT);
  }

  @Test
  void a_model_that_tells_nothing_of_its_tokens_has_no_probability_and_not_zero() {
    AnswerCheck.Checked checked =
        check(new Told(StatedLimits.UNSTATED, 0, null), answer("a cyst", -3, false));
    assertThat(checked.probability()).isEmpty();
    assertThat(checked.objection()).isEmpty();
  }

  private static @Nullable Guard guard(AnswerCheck.Checked checked) {
    return checked.objection().map(Objection::guard).orElse(null);
  }

  private static AnswerCheck.Checked check(Told model, Answer answer) {
    return new AnswerCheck(model)
        .check(
            model.encode(List.of()),
            QUESTION,
            answer,
            List.of(new ChangeGuard(false), new MeasurementGuard()));
  }

  private static Answer answer(String text, double mean, boolean refused) {
    return new Answer(text, List.of(1), List.of(mean), FinishReason.STOP, refused, 0);
  }

  /** A model that scores and shifts as it is told. */
  private record Told(StatedLimits limits, double logOdds, @Nullable Double shift)
      implements VisionLanguageModel {

    @Override
    public Optional<ImageDependence> imageDependence(String question, Answer answer) {
      return shift == null
          ? Optional.empty()
          : Optional.of(
              new ImageDependence(
                  new ImageDependence.Part(1, answer.meanLogProbability().orElseThrow(), 0, shift),
                  List.of()));
    }

    @Override
    public List<AnswerScore> score(EncodedStudy study, List<String> questions) {
      return List.of(new AnswerScore(QUESTION, logOdds, 0, 0));
    }

    @Override
    public EncodedStudy encode(List<BufferedImage> images) {
      return new EncodedStudy() {
        @Override
        public int images() {
          return 1;
        }

        @Override
        public Optional<FindingRegion> region(int image, String findingId) {
          return Optional.empty();
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public ModelIdentity identity() {
      return new ModelIdentity("told", "1", "0");
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
      return List.of();
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
    public Answer answer(
        EncodedStudy study,
        String question,
        Decoding decoding,
        TokenListener listener,
        Cancellation cancellation) {
      throw new UnsupportedOperationException("it is told what it said");
    }

    @Override
    public void close() {}
  }
}
