package io.overread.gateway.study;

import io.overread.gateway.rule.Expression;
import io.overread.gateway.rule.Parsed;
import io.overread.gateway.rule.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the rules expect of studies, {@code overread.completeness.expected.*}. */
final class ExpectedByRule {

  private record Rule(Expression when, CompletenessProperties.ExpectedContents contents) {}

  private final List<Rule> rules;

  ExpectedByRule(Map<String, CompletenessProperties.ExpectedContents> expected) {
    this.rules =
        expected.values().stream()
            .map(contents -> new Rule(read(contents.when()), contents))
            .toList();
  }

  private static Expression read(String when) {
    return switch (Parsed.of(when)) {
      case Parsed.Valid(Expression expression) -> expression;
      case Parsed.Invalid(int position, String message) ->
          throw new IllegalArgumentException(message + " at character " + (position + 1));
    };
  }

  /** What is missing by the rules that fit, in words; null where no rule fits. */
  @Nullable List<String> missing(Study study, List<Series> series) {
    List<String> missing = new ArrayList<>();
    boolean any = false;
    for (Rule rule : rules) {
      if (series.stream().anyMatch(each -> holds(rule.when(), study, each))) {
        any = true;
        missing.addAll(missing(rule.contents(), study, series));
      }
    }
    return any ? List.copyOf(missing) : null;
  }

  private static boolean holds(Expression when, Study study, Series series) {
    return when.evaluate(StudyFacts.of(study, series)).holds();
  }

  private static List<String> missing(
      CompletenessProperties.ExpectedContents contents, Study study, List<Series> series) {
    List<String> missing = new ArrayList<>();
    for (String pattern : contents.series()) {
      if (series.stream().noneMatch(each -> isDescribed(each, pattern))) {
        missing.add("series '" + pattern + "' missing");
      }
    }
    if (series.size() < contents.minSeries()) {
      missing.add("%d of at least %d series".formatted(series.size(), contents.minSeries()));
    }
    int instances = study.contents().instanceCount();
    if (instances < contents.minInstances()) {
      missing.add("%d of at least %d images".formatted(instances, contents.minInstances()));
    }
    return missing;
  }

  private static boolean isDescribed(Series series, String pattern) {
    String description = series.attributes().seriesDescription();
    return description != null && Wildcard.matches(pattern, description);
  }
}
