package io.overread.gateway.triage;

import io.overread.gateway.rule.Attributes;
import io.overread.gateway.rule.Expression;
import io.overread.gateway.rule.Parsed;
import io.overread.gateway.triage.StudyHeaders.SeriesHeader;
import io.overread.gateway.triage.TriageDecision.ExcludedSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks the rules about a study. Whether the model may see a series is decided for each series by
 * the first rule that holds of it and states so: a calibration that belongs to a study of a patient
 * keeps nobody from reading the rest. Priority, catalogue and model are the study's: of the first
 * rule that holds of any series and states one.
 */
final class RuleRun {

  private record Ready(TriageRule rule, Expression when) {}

  private final int version;
  private final List<Ready> rules = new ArrayList<>();

  RuleRun(TriageRules rules) {
    this.version = rules.version();
    for (TriageRule rule : rules.rules()) {
      // A keyword that a later dictionary no longer has: such a rule holds of nothing.
      if (Parsed.of(rule.when()) instanceof Parsed.Valid(Expression when)) {
        this.rules.add(new Ready(rule, when));
      }
    }
  }

  TriageDecision decide(List<SeriesHeader> series) {
    List<ExcludedSeries> excluded = new ArrayList<>();
    boolean anyLeft = false;
    for (SeriesHeader each : series) {
      Optional<TriageRule> against =
          first(each.attributes(), TriageRule::draft).filter(rule -> !statesDraft(rule));
      if (against.isPresent()) {
        TriageRule rule = against.get();
        excluded.add(
            new ExcludedSeries(
                each.seriesInstanceUid(),
                rule.name(),
                Objects.requireNonNullElse(rule.reason(), rule.name())));
      } else {
        anyLeft |= each.instance().numberOfFrames() > 0;
      }
    }
    return new TriageDecision(
        version,
        stated(series, TriageRule::priority).orElse(TriagePriority.NORMAL),
        anyLeft || excluded.isEmpty() ? null : excluded.getFirst().reason(),
        stated(series, TriageRule::catalogue).orElse(null),
        stated(series, TriageRule::model).orElse(null),
        excluded);
  }

  private static boolean statesDraft(TriageRule rule) {
    return Boolean.TRUE.equals(rule.draft());
  }

  private Optional<TriageRule> first(Attributes attributes, Function<TriageRule, ?> states) {
    return rules.stream()
        .filter(ready -> states.apply(ready.rule()) != null)
        .filter(ready -> ready.when().evaluate(attributes).holds())
        .map(Ready::rule)
        .findFirst();
  }

  private <T> Optional<T> stated(List<SeriesHeader> series, Function<TriageRule, T> states) {
    return rules.stream()
        .filter(ready -> states.apply(ready.rule()) != null)
        .filter(
            ready ->
                series.stream().anyMatch(each -> ready.when().evaluate(each.attributes()).holds()))
        .map(ready -> states.apply(ready.rule()))
        .findFirst();
  }
}
