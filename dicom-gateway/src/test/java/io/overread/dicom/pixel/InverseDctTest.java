package io.overread.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Inverse cosine transform (ITU-T T.81 A.3.3)")
class InverseDctTest {
  private final Random random = new Random(20261125);

  @ParameterizedTest
  @ValueSource(ints = {8, 12})
  void is_within_one_of_the_transform_in_real_numbers(int precision) {
    int maximum = (1 << precision) - 1;
    InverseDct inverse = new InverseDct(precision, maximum);
    for (int round = 0; round < 500; round++) {
      int[] coefficients = forward(block(maximum));
      short[] samples = new short[64];
      inverse.transform(coefficients.clone(), samples, 0);
      for (int index = 0; index < 64; index++) {
        double exact = inverse(coefficients, index % 8, index / 8) + (maximum + 1) / 2.0;
        assertThat((double) samples[index])
            .isBetween(Math.clamp(exact, 0, maximum) - 1, Math.clamp(exact, 0, maximum) + 1);
      }
    }
  }

  @Test
  void a_flat_block_is_as_if_it_were_transformed() {
    for (int precision : new int[] {8, 12}) {
      InverseDct inverse = new InverseDct(precision, (1 << precision) - 1);
      short[] flat = new short[64];
      short[] transformed = new short[64];
      for (int coefficient = -20_000; coefficient < 20_000; coefficient += 7) {
        int[] coefficients = new int[64];
        coefficients[0] = coefficient;
        inverse.transform(coefficients, transformed, 0);
        inverse.transformFlat(coefficient, flat, 0);
        assertThat(flat).isEqualTo(transformed);
      }
    }
  }

  private double[] block(int maximum) {
    double[] block = new double[64];
    double contrast = random.nextDouble();
    for (int index = 0; index < 64; index++) {
      block[index] = (random.nextDouble() - 0.5) * maximum * contrast;
    }
    return block;
  }

  private static int[] forward(double[] block) {
    int[] coefficients = new int[64];
    for (int index = 0; index < 64; index++) {
      double sum = 0;
      for (int at = 0; at < 64; at++) {
        sum += block[at] * wave(at % 8, index % 8) * wave(at / 8, index / 8);
      }
      coefficients[index] = (int) Math.round(sum / 4 * scale(index % 8) * scale(index / 8));
    }
    return coefficients;
  }

  private static double inverse(int[] coefficients, int x, int y) {
    double sum = 0;
    for (int index = 0; index < 64; index++) {
      double scaled = coefficients[index] * scale(index % 8) * scale(index / 8);
      sum += scaled * wave(x, index % 8) * wave(y, index / 8);
    }
    return sum / 4;
  }

  private static double wave(int place, int frequency) {
    return Math.cos((2 * place + 1) * frequency * Math.PI / 16);
  }

  private static double scale(int frequency) {
    return frequency == 0 ? Math.sqrt(0.5) : 1;
  }
}
