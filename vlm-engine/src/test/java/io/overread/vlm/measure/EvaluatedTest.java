package io.overread.vlm.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EvaluatedTest {

  @Test
  void figures_of_four_answers_worked_out_by_hand() {
    Evaluated evaluated = new Evaluated();
    evaluated.add(0.9, true);
    evaluated.add(0.4, true);
    evaluated.add(0.4, false);
    evaluated.add(0.1, false);
    evaluated.add(0.2, false);
    // of six pairs five are won and one is tied
    assertThat(evaluated.auroc()).isCloseTo(5.5 / 6, within(1e-12));
    assertThat(evaluated.accuracy()).isCloseTo(0.8, within(1e-12));
    assertThat(evaluated.majority()).isCloseTo(0.6, within(1e-12));
    assertThat(evaluated.brier()).isCloseTo((0.01 + 0.36 + 0.16 + 0.01 + 0.04) / 5, within(1e-12));
    assertThat(evaluated.positive()).isEqualTo(2);
  }

  @Test
  void one_class_alone_has_no_curve() {
    Evaluated evaluated = new Evaluated();
    evaluated.add(0.9, true);
    assertThat(evaluated.auroc()).isNaN();
  }
}
