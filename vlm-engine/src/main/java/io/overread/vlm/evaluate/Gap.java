package io.overread.vlm.evaluate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * How far the part of the patients that a model serves best lies above the one that it serves
 * worst. The two are chosen by what was measured, so the gap is rather too wide than too narrow.
 *
 * @param by what the parts are told apart by
 * @param accuracy the difference of their accuracies
 */
record Gap(String by, String best, String worst, Interval accuracy) {

  /** Of fewer answers a part's accuracy says little. */
  private static final int ENOUGH = 10;

  /**
   * Between the parts of a split that have enough answers; empty of fewer than two.
   *
   * @param right how right an answer is, 0..1
   */
  static <T extends Judged> Optional<Gap> of(Subgroup.Split<T> split, ToDoubleFunction<T> right) {
    String best = "";
    String worst = "";
    double highest = Double.NEGATIVE_INFINITY;
    double lowest = Double.POSITIVE_INFINITY;
    int parts = 0;
    for (Map.Entry<String, List<T>> part : split.parts().entrySet()) {
      if (part.getValue().size() >= ENOUGH) {
        parts++;
        double accuracy = mean(part.getValue(), right);
        if (accuracy > highest) {
          highest = accuracy;
          best = part.getKey();
        }
        if (accuracy < lowest) {
          lowest = accuracy;
          worst = part.getKey();
        }
      }
    }
    return parts < 2 || best.equals(worst)
        ? Optional.empty()
        : Optional.of(new Gap(split.by(), best, worst, between(split, best, worst, right)));
  }

  private static <T extends Judged> Interval between(
      Subgroup.Split<T> split, String best, String worst, ToDoubleFunction<T> right) {
    List<T> above = split.parts().getOrDefault(best, List.of());
    List<T> below = split.parts().getOrDefault(worst, List.of());
    List<T> both = new ArrayList<>(above);
    both.addAll(below);
    Set<T> ofBest = Collections.newSetFromMap(new IdentityHashMap<>());
    ofBest.addAll(above);
    return Bootstrap.interval(
        both,
        drawn ->
            mean(drawn.stream().filter(ofBest::contains).toList(), right)
                - mean(drawn.stream().filter(one -> !ofBest.contains(one)).toList(), right));
  }

  private static <T> double mean(List<T> answers, ToDoubleFunction<T> right) {
    return answers.stream().mapToDouble(right).average().orElse(Double.NaN);
  }
}
