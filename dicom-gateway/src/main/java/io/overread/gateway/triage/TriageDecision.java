package io.overread.gateway.triage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules decided about a revision of a study.
 *
 * @param rulesVersion which rules
 * @param priority when it is drafted
 * @param notDrafted why it is not; null if it is
 * @param catalogue the findings catalogue that a rule asks for; null to choose by the images
 * @param model the name of the model that a rule asks for; null for the one that drafts otherwise
 * @param excluded series that the model is not shown
 */
public record TriageDecision(
    int rulesVersion,
    TriagePriority priority,
    @Nullable String notDrafted,
    @Nullable String catalogue,
    @Nullable String model,
    List<ExcludedSeries> excluded) {

  /** Where no rule asks for a model. */
  public TriageDecision(
      int rulesVersion,
      TriagePriority priority,
      @Nullable String notDrafted,
      @Nullable String catalogue,
      List<ExcludedSeries> excluded) {
    this(rulesVersion, priority, notDrafted, catalogue, null, excluded);
  }

  /** Keeps its own copy. */
  public TriageDecision {
    excluded = List.copyOf(excluded);
  }

  /**
   * A series that a rule keeps from the model.
   *
   * @param rule the rule's name
   * @param reason as it states it
   */
  public record ExcludedSeries(String seriesInstanceUid, String rule, String reason) {}

  /** Whether the model reads it. */
  public boolean draft() {
    return notDrafted == null;
  }
}
