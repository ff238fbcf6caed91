package io.overread.vlm.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every metric against values worked out by hand. */
class MetricsTest {

  @Test
  void of_six_pairs_five_are_won_and_one_is_tied() {
    List<Prediction> five =
        List.of(
            Told.yesNo(0.9, true),
            Told.yesNo(0.4, true),
            Told.yesNo(0.4, false),
            Told.yesNo(0.1, false),
            Told.yesNo(0.2, false));
    assertThat(RankedAnswers.auroc(five)).isCloseTo(5.5 / 6, within(1e-12));
  }

  @Test
  void all_equal_scores_rank_as_chance_and_one_class_has_no_curve() {
    assertThat(RankedAnswers.auroc(new double[3], new boolean[] {true, false, false}))
        .isEqualTo(0.5);
    assertThat(RankedAnswers.auroc(List.of(Told.yesNo(0.9, true)))).isNaN();
  }

  @Test
  void the_calibration_error_weighs_each_of_fifteen_bins() {
    List<Prediction> four =
        List.of(
            Told.yesNo(0.01, false), // first bin, mean 0.02, share 0
            Told.yesNo(0.03, false),
            Told.yesNo(0.99, true), // last bin, mean 0.995, share 0.5
            Told.yesNo(1.00, false));
    assertThat(CalibrationError.of(four))
        .isCloseTo(0.5 * 0.02 + 0.5 * Math.abs(0.995 - 0.5), within(1e-12));
    assertThat(CalibrationError.of(List.of())).isNaN();
  }

  @Test
  void a_probability_on_the_border_belongs_to_the_upper_bin() {
    // 1/15 and 1.9/15 share the second bin: errors of opposite sign there cancel
    List<Prediction> two = List.of(Told.yesNo(1 / 15.0, false), Told.yesNo(1.9 / 15, true));
    assertThat(CalibrationError.of(two)).isCloseTo(Math.abs(2.9 / 30 - 0.5), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "'The left lung.', 'left lung', 1",
    "'an MRI', 'MRI - T2 weighted', 0.5",
    "'lung lung', 'lung', 0.6666667",
    "'X-ray', 'xray', 1",
    "'right', 'left', 0",
    "'', 'left', 0",
    "'the', 'a', 1"
  })
  void token_f1_counts_common_words(String answer, String truth, double expected) {
    assertThat(AnswerWords.tokenF1(answer, truth)).isCloseTo(expected, within(1e-6));
  }

  @Test
  void answers_are_the_same_whatever_their_case_articles_and_punctuation() {
    assertThat(AnswerWords.same("The X-Ray,  PA.", "x-ray PA")).isTrue();
    assertThat(AnswerWords.same("theory", "ory")).isFalse();
  }

  @Test
  void an_interval_holds_what_whole_groups_could_have_given() {
    // two groups, one all right and one all wrong: a resample has 0, 1/2 or 1
    List<Prediction> both = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      both.add(Told.yesNo("right", 0.9, true));
      both.add(Told.yesNo("wrong", 0.1, true));
    }
    Interval interval = Bootstrap.interval(both, Row.mean(both, p -> p.isRightAtHalf() ? 1 : 0));
    assertThat(interval).isEqualTo(new Interval(0.5, 0, 1));
  }

  @Test
  void the_interval_of_a_mean_is_that_of_its_standard_error() {
    List<Prediction> hundred =
        IntStream.range(0, 100)
            .mapToObj(i -> Told.yesNo("g" + i, i % 2 == 0 ? 0.9 : 0.1, true))
            .toList();
    Interval interval =
        Bootstrap.interval(hundred, Row.mean(hundred, p -> p.isRightAtHalf() ? 1 : 0));
    // 0.5 plus and minus 1.96 * sqrt(0.25 / 100)
    assertThat(interval.low()).isCloseTo(0.402, within(0.02));
    assertThat(interval.high()).isCloseTo(0.598, within(0.02));
    assertThat(Bootstrap.interval(hundred, Row.mean(hundred, p -> p.isRightAtHalf() ? 1 : 0)))
        .isEqualTo(interval);
  }

  @Test
  void one_group_alone_has_no_interval() {
    List<Prediction> one = List.of(Told.yesNo("g", 0.9, true), Told.yesNo("g", 0.1, false));
    Interval interval = Bootstrap.interval(one, RankedAnswers::auroc);
    assertThat(interval.measured()).isEqualTo(1);
    assertThat(interval.low()).isNaN();
  }

  @Test
  void percentiles_lie_between_their_neighbours() {
    assertThat(Bootstrap.percentile(new double[] {1, 2, 3, 5}, 0.5)).isEqualTo(2.5);
    assertThat(Bootstrap.percentile(new double[] {1, 2}, 0.025)).isCloseTo(1.025, within(1e-12));
    assertThat(Bootstrap.median(List.of())).isNaN();
  }

  @Test
  void the_surest_answers_are_kept_first() {
    List<Prediction> four =
        List.of(
            Told.yesNo(0.6, false), // wrong, least sure
            Told.yesNo(0.95, true),
            Told.yesNo(0.2, true), // wrong
            Told.yesNo(0.1, false));
    assertThat(RiskCoverage.of(four))
        .containsExactly(
            new RiskCoverage.Kept(0.25, 0),
            new RiskCoverage.Kept(0.5, 0),
            new RiskCoverage.Kept(0.75, 1.0 / 3),
            new RiskCoverage.Kept(1, 0.5));
    assertThat(RiskCoverage.of(List.of())).isEmpty();
  }

  @Test
  void a_long_curve_has_a_hundred_points_and_ends_with_all() {
    List<Prediction> many =
        IntStream.range(0, 1234).mapToObj(i -> Told.yesNo(i / 1234.0, i % 3 == 0)).toList();
    List<RiskCoverage.Kept> curve = RiskCoverage.of(many);
    assertThat(curve).hasSize(100);
    assertThat(curve.getLast().coverage()).isEqualTo(1);
  }

  @Test
  void the_refusal_threshold_lets_one_real_image_of_twenty_lie_above() {
    List<Prediction> real =
        IntStream.range(0, 40).mapToObj(i -> Told.refusal("r" + i, true, i / 100.0)).toList();
    double threshold = RefusalThreshold.of(real);
    assertThat(threshold).isEqualTo(0.37);
    assertThat(real.stream().filter(p -> p.outcome().refusal() > threshold)).hasSize(2);
    assertThat(RefusalThreshold.of(real.subList(0, 19))).isEqualTo(0.18);
  }
}
