package io.overread.vlm.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The yes/no findings of a part of the patients.
 *
 * @param by what the parts are told apart by: sex, age, source or scanner
 * @param name the part
 * @param n answers
 * @param accuracy at a probability of one half
 * @param auroc pooled over the findings
 */
record Subgroup(String by, String name, int n, Interval accuracy, Interval auroc) {

  private static final int CHILD = 10;
  private static final int MIDDLE = 40;
  private static final int OLD = 65;

  /** Every part that has answers. */
  static List<Subgroup> of(Predictions predictions) {
    return Split.of(predictions).stream()
        .flatMap(split -> of(split, p -> p.isRightAtHalf() ? 1 : 0, RankedAnswers::auroc).stream())
        .toList();
  }

  /**
   * The parts of a split.
   *
   * @param right how right an answer is, 0..1
   * @param auroc the area under the ROC curve of a part
   */
  static <T extends Judged> List<Subgroup> of(
      Split<T> split, ToDoubleFunction<T> right, ToDoubleFunction<List<T>> auroc) {
    return split.parts().entrySet().stream()
        .map(
            part ->
                new Subgroup(
                    split.by(),
                    part.getKey(),
                    part.getValue().size(),
                    Bootstrap.interval(part.getValue(), Row.mean(part.getValue(), right)),
                    Bootstrap.interval(part.getValue(), auroc)))
        .toList();
  }

  /**
   * Answers parted by one thing.
   *
   * @param by what they are told apart by
   * @param parts by name, sorted; none empty
   */
  record Split<T extends Judged>(String by, SortedMap<String, List<T>> parts) {

    /** By sex, age, source and scanner. */
    static List<Split<Prediction>> of(Predictions predictions) {
      List<Prediction> findings = predictions.of(Task.FINDING);
      return List.of(
          of("sex", findings, p -> p.subject().sex()),
          of("age", findings, p -> band(p.subject().age())),
          of("source", findings, p -> p.subject().source()),
          of("scanner", findings, p -> p.subject().scanner()));
    }

    /** An answer that the function gives null of belongs to no part. */
    static <T extends Judged> Split<T> of(
        String by, List<T> answers, Function<T, @Nullable String> part) {
      SortedMap<String, List<T>> parts = new TreeMap<>();
      for (T answer : answers) {
        String name = part.apply(answer);
        if (name != null) {
          parts.computeIfAbsent(name, key -> new ArrayList<>()).add(answer);
        }
      }
      return new Split<>(by, parts);
    }
  }

  /** Of years. */
  static @Nullable String band(@Nullable Integer age) {
    if (age == null) {
      return null;
    }
    return age < CHILD ? "0-9" : age < MIDDLE ? "10-39" : age < OLD ? "40-64" : "65+";
  }
}
