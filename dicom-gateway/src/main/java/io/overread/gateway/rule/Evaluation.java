package io.overread.gateway.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * How a condition fared.
 *
 * @param holds whether it holds
 * @param clauses every clause in the order of the text, also those that decided nothing
 */
public record Evaluation(boolean holds, List<Outcome> clauses) {

  private static final int MOST_SHOWN = 4;
  private static final int LONGEST_SHOWN = 64;

  /** Keeps its own copy. */
  public Evaluation {
    clauses = List.copyOf(clauses);
  }

  /**
   * What a clause found.
   *
   * @param start where it stands in the text, from 0
   * @param end behind its last character
   * @param values the first few that the attribute has, shortened for people to look at
   */
  public record Outcome(int start, int end, String attribute, boolean holds, List<String> values) {}

  static Evaluation of(Expression expression, Attributes attributes) {
    List<Outcome> clauses = new ArrayList<>();
    boolean holds = holds(expression, attributes, clauses);
    return new Evaluation(holds, clauses);
  }

  private static boolean holds(
      Expression expression, Attributes attributes, List<Outcome> clauses) {
    // Every part is looked at, since people want to know what the others would have said.
    return switch (expression) {
      case Expression.AllOf all ->
          all.parts().stream()
              .map(part -> holds(part, attributes, clauses))
              .reduce(true, Boolean::logicalAnd);
      case Expression.AnyOf any ->
          any.parts().stream()
              .map(part -> holds(part, attributes, clauses))
              .reduce(false, Boolean::logicalOr);
      case Expression.Not not -> !holds(not.part(), attributes, clauses);
      case Expression.Clause clause -> {
        List<String> values = attributes.values(clause.path());
        boolean held = clause.holds(values);
        clauses.add(
            new Outcome(
                clause.start(), clause.end(), clause.path().toString(), held, shown(values)));
        yield held;
      }
    };
  }

  private static List<String> shown(List<String> values) {
    return values.stream()
        .limit(MOST_SHOWN)
        .map(
            value ->
                value.length() <= LONGEST_SHOWN ? value : value.substring(0, LONGEST_SHOWN) + "…")
        .toList();
  }
}
