package io.overread.vlm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  @Test
  void a_question_with_a_line_of_its_own_uses_it_and_others_the_standard_one() {
    Calibration calibration =
        new Calibration(
            new Calibration.Line(1, 0), Map.of("Is there a nodule?", new Calibration.Line(2, 1)));
    assertThat(calibration.probability("Is there a nodule?", -0.5)).isCloseTo(0.5, within(1e-12));
    assertThat(calibration.probability("Is there a mass?", Math.log(3)))
        .isCloseTo(0.75, within(1e-12));
  }

  @Test
  void overwhelming_odds_stay_within_0_and_1() {
    assertThat(Calibration.IDENTITY.probability("", 1e9)).isEqualTo(1);
    assertThat(Calibration.IDENTITY.probability("", -1e9)).isZero();
  }

  @Test
  void a_line_that_is_no_number_is_refused() {
    assertThatThrownBy(() -> new Calibration.Line(Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
