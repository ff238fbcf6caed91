package io.overread.service.triage;

import io.overread.gateway.triage.TriagePriority;
import io.overread.gateway.triage.TriageRule;
import io.overread.gateway.triage.TriageRuleBook;
import io.overread.gateway.triage.TriageRules;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules as the console shows them. */
record RulesView(
    int version,
    List<Rule> rules,
    List<Change> changes,
    List<String> catalogues,
    List<String> models) {

  static RulesView of(
      TriageRules rules, List<TriageRules.Change> changes, TriageRuleBook.Names names) {
    return new RulesView(
        rules.version(),
        rules.rules().stream().map(Rule::of).toList(),
        changes.stream().map(Change::of).toList(),
        names.catalogues().stream().sorted().toList(),
        names.models().stream().sorted().toList());
  }

  record Rule(
      String name,
      String when,
      @Nullable TriagePriority priority,
      @Nullable Boolean draft,
      @Nullable String reason,
      @Nullable String catalogue,
      @Nullable String model) {
    static Rule of(TriageRule rule) {
      return new Rule(
          rule.name(),
          rule.when(),
          rule.priority(),
          rule.draft(),
          rule.reason(),
          rule.catalogue(),
          rule.model());
    }
  }

  record Change(int version, String by, Instant at, String comment) {
    static Change of(TriageRules.Change change) {
      return new Change(change.version(), change.by(), change.at(), change.comment());
    }
  }
}
