package io.overread.gateway.triage;

import org.jspecify.annotations.Nullable;

/**
 * One rule. What it doesn't state is left to the rules after it.
 *
 * @param name what people call it, unlike every other
 * @param when the condition on a series, in the language of {@link io.overread.gateway.rule}
 * @param priority of a study with such a series
 * @param draft whether the model may be shown such a series
 * @param reason why not, as the reader of the study is told: "quality control image"
 * @param catalogue the findings catalogue that is asked of a study with such a series
 * @param model the name of the model that drafts a study with such a series
 */
public record TriageRule(
    String name,
    String when,
    @Nullable TriagePriority priority,
    @Nullable Boolean draft,
    @Nullable String reason,
    @Nullable String catalogue,
    @Nullable String model) {

  static final int LONGEST_NAME = 80;
  static final int LONGEST_REASON = 200;
  static final int LONGEST_CATALOGUE = 64;
  static final int LONGEST_MODEL = 80;

  /** A rule that leaves the model to others. */
  public TriageRule(
      String name,
      String when,
      @Nullable TriagePriority priority,
      @Nullable Boolean draft,
      @Nullable String reason,
      @Nullable String catalogue) {
    this(name, when, priority, draft, reason, catalogue, null);
  }

  /** A rule that keeps series from the model. */
  static TriageRule notDrafted(String name, String reason, String when) {
    return new TriageRule(name, when, null, false, reason, null);
  }

  /** What is wrong with it apart from its condition; null if nothing is. */
  @Nullable String fault() {
    if (!fits(name, LONGEST_NAME)) {
      return "a rule has a name of at most " + LONGEST_NAME + " characters";
    }
    if (reason != null && !fits(reason, LONGEST_REASON)) {
      return "a reason has at most " + LONGEST_REASON + " characters";
    }
    if (catalogue != null && !fits(catalogue, LONGEST_CATALOGUE)) {
      return "there is no such catalogue";
    }
    if (model != null && !fits(model, LONGEST_MODEL)) {
      return "there is no such model";
    }
    if (Boolean.FALSE.equals(draft) && reason == null) {
      return "a rule that keeps images from the model states a reason";
    }
    if (priority == null && draft == null && catalogue == null && model == null) {
      return "a rule decides something";
    }
    return null;
  }

  private static boolean fits(String text, int longest) {
    return !text.isBlank()
        && text.length() <= longest
        && text.chars().noneMatch(Character::isISOControl);
  }
}
