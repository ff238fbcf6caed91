package io.overread.vlm.evaluate;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param task what was measured
 * @param n how many images or answers it was measured on
 * @param unit what the numbers are
 * @param interval the figure
 * @param target what it should reach; null where nothing was agreed
 * @param baseline what could be had without looking; null where that says nothing
 */
record Row(
    String task,
    int n,
    Unit unit,
    Interval interval,
    @Nullable Target target,
    @Nullable Baseline baseline) {

  /** What the numbers are. */
  enum Unit {
    /** 0..1, told in percent. */
    SHARE,
    /** A difference of shares, told in percentage points. */
    POINTS,
    /** Any other. */
    NUMBER
  }

  /**
   * What a figure should reach; the calibration error should stay below.
   *
   * @param atLeast what has to be
   * @param aim what is wished
   */
  record Target(double atLeast, double aim) {}

  /**
   * What could be had without looking.
   *
   * @param kind majority or chance
   */
  record Baseline(String kind, double value) {}

  /** A figure of predictions; empty of none. */
  static <T extends Judged> Optional<Row> of(
      String task, Unit unit, List<T> predictions, ToDoubleFunction<List<T>> figure) {
    return predictions.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Row(
                task,
                predictions.size(),
                unit,
                Bootstrap.interval(predictions, figure),
                null,
                null));
  }

  /** The mean of one number a prediction; empty of none. */
  static <T extends Judged> Optional<Row> mean(
      String task, Unit unit, List<T> predictions, ToDoubleFunction<T> value) {
    return of(task, unit, predictions, mean(predictions, value));
  }

  /** The mean as a figure; each number is computed once, however often it is drawn. */
  static <T> ToDoubleFunction<List<T>> mean(List<T> predictions, ToDoubleFunction<T> value) {
    Map<T, Double> values = new IdentityHashMap<>();
    predictions.forEach(prediction -> values.put(prediction, value.applyAsDouble(prediction)));
    return drawn -> {
      double sum = 0;
      for (T prediction : drawn) {
        sum += values.getOrDefault(prediction, Double.NaN);
      }
      return sum / drawn.size();
    };
  }

  Row reaching(double atLeast, double aim) {
    return new Row(task, n, unit, interval, new Target(atLeast, aim), baseline);
  }

  Row beside(String kind, double value) {
    return new Row(task, n, unit, interval, target, new Baseline(kind, value));
  }

  /** The same, measured on so many. */
  Row on(int count) {
    return new Row(task, count, unit, interval, target, baseline);
  }
}
