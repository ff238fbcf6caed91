package io.overread.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formulas of PS3.3 C.11.2.1.2 and C.11.2.1.3; the levels are worked out by hand. */
class WindowTest {

  @ParameterizedTest
  @CsvSource({
    // the standard's example: center 2048, width 4096 maps 0 to the minimum and 4095 to the maximum
    "2048, 4096, 0, 0",
    "2048, 4096, 4095, 1",
    "2048, 4096, 2047.5, 0.5",
    // center 0, width 100: from -50 to 49
    "0, 100, -50, 0",
    "0, 100, -49, 0.0101010101",
    "0, 100, 49, 1",
    "0, 100, -0.5, 0.5",
    // width 1 is a threshold
    "0, 1, -1, 0",
    "0, 1, -0.5, 0",
    "0, 1, 0, 1",
    "0, 1, 1, 1"
  })
  void LINEAR_follows_the_standard(double center, double width, double value, double level) {
    assertThat(Window.linear(center, width).level(value)).isCloseTo(level, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "2048, 4096, 0, 0",
    "2048, 4096, 4096, 1",
    "2048, 4096, 4095, 0.999755859375",
    "0, 100, -50, 0",
    "0, 100, 0, 0.5",
    "0, 0.5, 0.125, 0.75",
    "0, 100, 51, 1"
  })
  void LINEAR_EXACT_follows_the_standard(double center, double width, double value, double level) {
    assertThat(new Window(center, width, VoiLutFunction.LINEAR_EXACT).level(value))
        .isCloseTo(level, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "100, 40, 100, 0.5",
    "100, 40, 110, 0.7310585786",
    "100, 40, 90, 0.2689414214",
    "100, 40, 140, 0.9820137900",
    "100, 40, 100000, 1"
  })
  void SIGMOID_follows_the_standard(double center, double width, double value, double level) {
    assertThat(new Window(center, width, VoiLutFunction.SIGMOID).level(value))
        .isCloseTo(level, within(1e-9));
  }

  @Test
  void a_window_that_spans_two_values_shows_them_black_and_white() {
    Window window = Window.spanning(-3, 12);
    assertThat(window.level(-3)).isZero();
    assertThat(window.level(12)).isEqualTo(1);
    assertThat(window.level(4.5)).isEqualTo(0.5);
  }

  @Test
  void a_window_has_a_width() {
    assertThatIllegalArgumentException().isThrownBy(() -> Window.linear(0, 0.9));
    assertThatIllegalArgumentException().isThrownBy(() -> Window.linear(Double.NaN, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new Window(0, 0, VoiLutFunction.SIGMOID));
  }
}
