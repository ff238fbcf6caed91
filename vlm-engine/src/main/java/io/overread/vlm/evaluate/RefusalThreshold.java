package io.overread.vlm.evaluate;

import java.util.List;

/** From which probability on an image is refused. */
final class RefusalThreshold {

  private static final double FALSE_REFUSALS = 0.05;

  private RefusalThreshold() {}

  /**
   * The lowest value that at most 5 % of the real images lie above; what lies above it is refused.
   *
   * @param real refusals of real images, at least one
   */
  static double of(List<Prediction> real) {
    double[] ascending =
        real.stream().mapToDouble(prediction -> prediction.outcome().refusal()).sorted().toArray();
    int above = (int) (FALSE_REFUSALS * ascending.length);
    return ascending[ascending.length - 1 - above];
  }
}
