package io.overread.vlm.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Intervals by resampling whole groups: images of one patient or case say less than as many
 * patients would. The seed is fixed: the same predictions give the same interval.
 */
final class Bootstrap {

  static final int RESAMPLES = 1000;
  static final long SEED = 20_261_123;

  private Bootstrap() {}

  /**
   * A figure with its 95 % interval, the 2.5th and 97.5th percentile of the resamples; without one
   * (NaN) where there is one group only, or where most resamples have no figure.
   */
  static <T extends Judged> Interval interval(
      List<T> predictions, ToDoubleFunction<List<T>> figure) {
    double measured = figure.applyAsDouble(predictions);
    Map<String, List<T>> byGroup = new LinkedHashMap<>();
    for (T prediction : predictions) {
      byGroup.computeIfAbsent(prediction.group(), group -> new ArrayList<>()).add(prediction);
    }
    if (byGroup.size() < 2 || Double.isNaN(measured)) {
      return new Interval(measured, Double.NaN, Double.NaN);
    }
    List<List<T>> groups = List.copyOf(byGroup.values());
    double[] figures =
        IntStream.range(0, RESAMPLES)
            .parallel()
            .mapToDouble(i -> figure.applyAsDouble(resampled(groups, i)))
            .filter(value -> !Double.isNaN(value))
            .sorted()
            .toArray();
    return figures.length < RESAMPLES / 2
        ? new Interval(measured, Double.NaN, Double.NaN)
        : new Interval(measured, percentile(figures, 0.025), percentile(figures, 0.975));
  }

  /** As many groups as there are, drawn with replacement. */
  private static <T> List<T> resampled(List<List<T>> groups, int round) {
    SplittableRandom random = new SplittableRandom(SEED + 1_000_003L * round);
    List<T> drawn = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      drawn.addAll(groups.get(random.nextInt(groups.size())));
    }
    return drawn;
  }

  /** Linear between the two nearest of sorted values. */
  static double percentile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** The middle of some numbers, NaN of none. */
  static double median(Collection<Double> numbers) {
    double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted.length == 0 ? Double.NaN : percentile(sorted, 0.5);
  }
}
