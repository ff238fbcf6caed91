package io.overread.service.triage;

import io.overread.gateway.triage.TriagePriority;
import io.overread.gateway.triage.TriageRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Other rules, as the console sends them.
 *
 * @param version the one that was changed
 * @param comment why
 */
record RulesChange(int version, @Nullable String comment, @Nullable List<Rule> rules) {

  List<TriageRule> read() {
    return rules == null ? List.of() : rules.stream().map(Rule::read).toList();
  }

  record Rule(
      @Nullable String name,
      @Nullable String when,
      @Nullable TriagePriority priority,
      @Nullable Boolean draft,
      @Nullable String reason,
      @Nullable String catalogue,
      @Nullable String model) {

    TriageRule read() {
      return new TriageRule(
          name == null ? "" : name.strip(),
          when == null ? "" : when.strip(),
          priority,
          draft,
          blankToNull(reason),
          blankToNull(catalogue),
          blankToNull(model));
    }

    private static @Nullable String blankToNull(@Nullable String text) {
      return text == null || text.isBlank() ? null : text.strip();
    }
  }
}
