package io.overread.reporting.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of a WHERE clause.
 *
 * @param sql with a {@code ?} for each value; never made of what a client sent
 * @param values the values, in order
 */
record Condition(String sql, List<Object> values) {
  static final Condition NOTHING = new Condition("false", List.of());

  Condition {
    values = List.copyOf(values);
  }

  static Condition of(String sql, Object... values) {
    return new Condition(sql, List.of(values));
  }

  static Condition all(List<Condition> conditions) {
    return conditions.isEmpty() ? of("true") : join(conditions, " and ");
  }

  static Condition any(List<Condition> conditions) {
    return conditions.isEmpty() ? NOTHING : join(conditions, " or ");
  }

  private static Condition join(List<Condition> conditions, String word) {
    var values = new ArrayList<Object>();
    conditions.forEach(condition -> values.addAll(condition.values));
    return new Condition(
        conditions.stream().map(Condition::sql).collect(Collectors.joining(word, "(", ")")),
        values);
  }
}
