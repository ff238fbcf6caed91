package io.overread.gateway.triage;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import io.overread.gateway.rule.Parsed;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The rules of triage, every version of them. */
public final class TriageRuleBook {

  private static final int MOST_RULES = 100;
  private static final int MOST_CHANGES = 50;
  private static final int LONGEST_COMMENT = 500;
  private static final int LONGEST_LIST = 2_000;

  private final TriageRuleTable table;
  private final TransactionTemplate transaction;
  private final AuditTrail audit;
  private final Clock clock;

  /** Over a database, whose transactions the audit trail takes part in. */
  public TriageRuleBook(
      JdbcClient jdbc, TransactionTemplate transaction, AuditTrail audit, Clock clock) {
    this.table = new TriageRuleTable(jdbc);
    this.transaction = transaction;
    this.audit = audit;
    this.clock = clock;
  }

  /** What came of a change. */
  public sealed interface Saved {

    /** These rules hold now. */
    record Changed(TriageRules rules) implements Saved {}

    /** Somebody else changed them meanwhile; the version that holds. */
    record Stale(int version) implements Saved {}

    /**
     * They can't be rules.
     *
     * @param rule which one, from 0; -1 for all of them
     * @param position in its condition, from 0; null if something else is wrong
     */
    record Invalid(int rule, @Nullable Integer position, String message) implements Saved {}
  }

  /**
   * What a rule may name.
   *
   * @param catalogues ids of findings catalogues
   * @param models names of models that are loaded
   */
  public record Names(Set<String> catalogues, Set<String> models) {
    /** Keeps its own copies. */
    public Names {
      catalogues = Set.copyOf(catalogues);
      models = Set.copyOf(models);
    }
  }

  /** The rules that hold. */
  public TriageRules current() {
    return table
        .latest()
        .map(change -> new TriageRules(change.version(), change, table.rules(change.version())))
        .orElseGet(() -> new TriageRules(0, null, ShippedRules.RULES));
  }

  /** The latest changes, the last first. */
  public List<TriageRules.Change> changes() {
    return table.changes(MOST_CHANGES);
  }

  /**
   * Puts other rules in the place of a version, with an audit entry.
   *
   * @param version the one that the change was made on
   * @param by {@code user:NAME}
   * @param names what a rule may name
   */
  public Saved change(int version, List<TriageRule> rules, String by, String comment, Names names) {
    Saved.Invalid fault = fault(rules, comment, names);
    if (fault != null) {
      return fault;
    }
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              TriageRules before = current();
              var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
              var change = new TriageRules.Change(version + 1, by, now, comment.strip());
              if (before.version() != version || !table.insert(change)) {
                return new Saved.Stale(before.version());
              }
              for (int ordinal = 0; ordinal < rules.size(); ordinal++) {
                table.insert(change.version(), ordinal, rules.get(ordinal));
              }
              audit.append(act(before, change, rules));
              return new Saved.Changed(new TriageRules(change.version(), change, rules));
            }));
  }

  private static Saved.@Nullable Invalid fault(
      List<TriageRule> rules, String comment, Names known) {
    if (rules.size() > MOST_RULES) {
      return new Saved.Invalid(-1, null, "there can be at most " + MOST_RULES + " rules");
    }
    if (comment.isBlank() || comment.length() > LONGEST_COMMENT) {
      return new Saved.Invalid(-1, null, "say why, in at most " + LONGEST_COMMENT + " characters");
    }
    Set<String> names = new HashSet<>();
    for (int at = 0; at < rules.size(); at++) {
      TriageRule rule = rules.get(at);
      String fault = rule.fault();
      String catalogue = rule.catalogue();
      if (fault == null && !names.add(rule.name())) {
        fault = "two rules have the same name";
      }
      if (fault == null && catalogue != null && !known.catalogues().contains(catalogue)) {
        fault = "there is no catalogue '" + catalogue + "'";
      }
      String model = rule.model();
      if (fault == null && model != null && !known.models().contains(model)) {
        fault = "there is no model '" + model + "'";
      }
      if (fault != null) {
        return new Saved.Invalid(at, null, fault);
      }
      if (Parsed.of(rule.when()) instanceof Parsed.Invalid(int position, String message)) {
        return new Saved.Invalid(at, position, message);
      }
    }
    return null;
  }

  /** Names only: a condition may name a patient, and an entry can never be changed. */
  private static AuditAct act(
      TriageRules before, TriageRules.Change change, List<TriageRule> rules) {
    Map<String, TriageRule> old = byName(before.rules());
    Map<String, TriageRule> fresh = byName(rules);
    Map<String, String> detail = new TreeMap<>();
    detail.put("version", Integer.toString(change.version()));
    detail.put("rules", Integer.toString(rules.size()));
    detail.put("added", names(fresh.keySet(), name -> !old.containsKey(name)));
    detail.put("removed", names(old.keySet(), name -> !fresh.containsKey(name)));
    detail.put(
        "changed",
        names(
            fresh.keySet(),
            name -> old.containsKey(name) && !Objects.equals(fresh.get(name), old.get(name))));
    return new AuditAct(
        AuditAction.TRIAGE_RULES_CHANGED,
        Outcome.SUCCESS,
        change.by(),
        null,
        "triage-rules/" + change.version(),
        detail);
  }

  private static Map<String, TriageRule> byName(List<TriageRule> rules) {
    return rules.stream()
        .collect(Collectors.toMap(TriageRule::name, Function.identity(), (one, other) -> one));
  }

  private static String names(Set<String> names, java.util.function.Predicate<String> which) {
    String all = names.stream().filter(which).sorted().collect(Collectors.joining("; "));
    return all.length() <= LONGEST_LIST ? all : all.substring(0, LONGEST_LIST) + "…";
  }
}
