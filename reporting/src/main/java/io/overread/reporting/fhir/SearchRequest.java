package io.overread.reporting.fhir;

import ca.uhn.fhir.rest.api.QualifiedParamList;
import ca.uhn.fhir.rest.param.ParameterUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A search, read from the URL or a form. What we don't serve is refused and never left out
 * silently: a filter that is ignored shows other patients' reports.
 *
 * @param condition what must hold
 * @param includes which references to follow, such as {@code subject}
 * @param count how many matches a page has; 0: only their number is asked for
 * @param offset how many matches come before this page
 * @param parameters names of the parameters sent
 */
record SearchRequest(
    Condition condition, Set<String> includes, int count, int offset, Set<String> parameters) {
  static final String COUNT = "_count";
  static final String OFFSET = "_offset";
  static final String INCLUDE = "_include";

  /** About the form of the answer; HAPI sees to these. */
  static final Set<String> FORM = Set.of("_format", "_pretty", "_summary", "_elements");

  private static final int USUAL_COUNT = 20;
  static final int MOST_COUNT = 100;
  private static final int LONGEST_VALUE = 2_000;
  private static final int MOST_VALUES = 200;

  static SearchRequest of(ServedType<?> type, Map<String, String[]> sent) {
    var conditions = new ArrayList<Condition>();
    var includes = new TreeSet<String>();
    int count = USUAL_COUNT;
    int offset = 0;
    for (var parameter : sent.entrySet()) {
      for (var value : values(parameter)) {
        switch (parameter.getKey()) {
          case COUNT -> count = Math.min(number(COUNT, value), MOST_COUNT);
          case OFFSET -> offset = number(OFFSET, value);
          case INCLUDE -> includes.add(include(type, value));
          default -> {
            if (!FORM.contains(parameter.getKey())) {
              conditions.add(condition(type, parameter.getKey(), value));
            }
          }
        }
      }
    }
    return new SearchRequest(
        Condition.all(conditions), includes, count, offset, new TreeSet<>(sent.keySet()));
  }

  private static List<String> values(Map.Entry<String, String[]> parameter) {
    var values = List.of(parameter.getValue());
    if (values.size() > MOST_VALUES
        || values.stream().anyMatch(value -> value.length() > LONGEST_VALUE)) {
      throw Refusals.invalid("Too much for the parameter " + shown(parameter.getKey()));
    }
    return values;
  }

  private static Condition condition(ServedType<?> type, String name, String sent) {
    var parameter =
        type.parameters().stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    Refusals.notSupported(
                        "The search parameter '%s' is not supported for %s. Supported are %s"
                            .formatted(shown(name), type.name(), type.parameterNames())));
    var alternatives = new ArrayList<Condition>();
    for (var one : QualifiedParamList.splitQueryStringByCommasIgnoreEscape(null, sent)) {
      if (one.indexOf('\u0000') >= 0) {
        throw Refusals.invalid("A value of '" + name + "' holds a NUL character");
      }
      alternatives.add(parameter.condition().apply(ParameterUtil.unescape(one)));
    }
    if (alternatives.isEmpty() || alternatives.size() > MOST_VALUES) {
      throw Refusals.invalid("The parameter '" + name + "' has no value, or too many");
    }
    return Condition.any(alternatives);
  }

  private static String include(ServedType<?> type, String sent) {
    var parts = sent.split(":", -1);
    if (parts.length < 2
        || parts.length > 3
        || !parts[0].equals(type.name())
        || !type.includes().containsKey(parts[1])) {
      throw Refusals.notSupported(
          "'_include=%s' is not supported. Supported are %s"
              .formatted(shown(sent), type.includeNames()));
    }
    return parts[1];
  }

  private static int number(String name, String sent) {
    try {
      int number = Integer.parseInt(sent);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw Refusals.invalid("'" + name + "' is a number from 0: '" + shown(sent) + "'");
  }

  private static String shown(String sent) {
    return sent.length() > 60 ? sent.substring(0, 60) + "..." : sent;
  }
}
