package io.overread.gateway.triage;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All rules of one version, in the order in which they are asked.
 *
 * @param version from 1; 0 are the rules that ship with the gateway
 * @param change who made this version, when and why; null for version 0
 */
public record TriageRules(int version, @Nullable Change change, List<TriageRule> rules) {

  /** Keeps its own copy. */
  public TriageRules {
    rules = List.copyOf(rules);
  }

  /**
   * A change of the rules.
   *
   * @param by {@code user:NAME}
   */
  public record Change(int version, String by, Instant at, String comment) {}
}
