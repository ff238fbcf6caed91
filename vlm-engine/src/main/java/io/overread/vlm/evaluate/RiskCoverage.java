package io.overread.vlm.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How the error falls when only the answers are kept that the model is surest of. */
final class RiskCoverage {

  private static final int POINTS = 100;

  private RiskCoverage() {}

  /**
   * A point of the curve.
   *
   * @param coverage the share of the answers that are kept, 0..1
   * @param error the share of those that are wrong, 0..1
   */
  record Kept(double coverage, double error) {}

  /**
   * At most a hundred points, from the fewest kept to all; empty of no answers. Sure is a
   * probability far from one half.
   */
  static List<Kept> of(List<Prediction> predictions) {
    List<Prediction> surest =
        predictions.stream()
            .sorted(Comparator.comparingDouble((Prediction p) -> -Math.abs(p.probability() - 0.5)))
            .toList();
    List<Kept> curve = new ArrayList<>();
    int points = Math.min(POINTS, surest.size());
    int kept = 0;
    int wrong = 0;
    for (int point = 1; point <= points; point++) {
      int until = (int) ((long) surest.size() * point / points);
      for (; kept < until; kept++) {
        wrong += surest.get(kept).isRightAtHalf() ? 0 : 1;
      }
      curve.add(new Kept((double) kept / surest.size(), (double) wrong / kept));
    }
    return curve;
  }
}
