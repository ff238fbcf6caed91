package io.overread.vlm.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The yes/no findings of a part of the patients.
 *
 * @param by what the parts are told apart by: sex, age or source
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
    List<Prediction> findings = predictions.of(Task.FINDING);
    List<Subgroup> parts = new ArrayList<>();
    parts.addAll(by("sex", findings, p -> p.subject().sex()));
    parts.addAll(by("age", findings, p -> band(p.subject().age())));
    parts.addAll(by("source", findings, p -> p.subject().source()));
    return parts;
  }

  private static List<Subgroup> by(
      String what, List<Prediction> findings, Function<Prediction, @Nullable String> part) {
    Map<String, List<Prediction>> parts =
        findings.stream()
            .filter(p -> part.apply(p) != null)
            .collect(
                Collectors.groupingBy(
                    p -> String.valueOf(part.apply(p)), TreeMap::new, Collectors.toList()));
    List<Subgroup> subgroups = new ArrayList<>();
    parts.forEach(
        (name, some) ->
            subgroups.add(
                new Subgroup(
                    what,
                    name,
                    some.size(),
                    Bootstrap.interval(some, Row.mean(some, p -> p.isRightAtHalf() ? 1 : 0)),
                    Bootstrap.interval(some, RankedAnswers::auroc))));
    return subgroups;
  }

  private static @Nullable String band(@Nullable Integer age) {
    if (age == null) {
      return null;
    }
    return age < CHILD ? "0-9" : age < MIDDLE ? "10-39" : age < OLD ? "40-64" : "65+";
  }
}
