package io.overread.vlm.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

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
    return of(
        predictions, p -> Math.abs(p.probability() - 0.5), p -> p.isRightAtHalf() ? 0.0 : 1.0);
  }

  /**
   * The same by other measures.
   *
   * @param sureness the higher the surer
   * @param error 1 of a wrong answer, 0 of a right one
   */
  static <T> List<Kept> of(
      List<T> answers, ToDoubleFunction<T> sureness, ToDoubleFunction<T> error) {
    List<T> surest =
        answers.stream()
            .sorted(Comparator.comparingDouble((T answer) -> -sureness.applyAsDouble(answer)))
            .toList();
    List<Kept> curve = new ArrayList<>();
    int points = Math.min(POINTS, surest.size());
    int kept = 0;
    double wrong = 0;
    for (int point = 1; point <= points; point++) {
      int until = (int) ((long) surest.size() * point / points);
      for (; kept < until; kept++) {
        wrong += error.applyAsDouble(surest.get(kept));
      }
      curve.add(new Kept((double) kept / surest.size(), wrong / kept));
    }
    return curve;
  }
}
