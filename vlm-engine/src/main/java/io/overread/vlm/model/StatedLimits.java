package io.overread.vlm.model;

import org.jspecify.annotations.Nullable;

/**
 * {@code limits} in {@code overread.json}: what a model can't do, and from where on it is not to be
 * believed. Fitted by {@code overread model fit}.
 *
 * @param scope what it was made to read
 * @param tellsSides whether what it says of left and right may be believed
 * @param answers the probability of an answer in words; null where it was not fitted
 * @param leastSentenceShift a sentence whose log-probability rises by less with the image, per
 *     token, does not depend on it; null where it was not fitted
 * @param leastAnswerShift the same of an answer in other words than yes and no
 * @param leastFindingShift a finding whose log odds differ by less from those without the image
 *     does not depend on it; null where it was not fitted
 */
public record StatedLimits(
    Scope scope,
    boolean tellsSides,
    @Nullable AnswerCalibration answers,
    @Nullable Double leastSentenceShift,
    @Nullable Double leastAnswerShift,
    @Nullable Double leastFindingShift) {

  /** Of a model that states none. */
  public static final StatedLimits UNSTATED =
      new StatedLimits(Scope.UNSTATED, true, null, null, null, null);

  static StatedLimits of(@Nullable ModelJson json) {
    if (json == null) {
      return UNSTATED;
    }
    ModelJson answers = json.object("answers");
    ModelJson dependence = json.object("image_dependence");
    return new StatedLimits(
        Scope.of(json.objects("scope")),
        json.flag("tells_sides", true),
        answers == null ? null : AnswerCalibration.of(answers),
        dependence == null ? null : decimal(dependence, "sentence_shift"),
        dependence == null ? null : decimal(dependence, "answer_shift"),
        dependence == null ? null : decimal(dependence, "finding_shift"));
  }

  private static @Nullable Double decimal(ModelJson json, String name) {
    return json.decimal(name).isPresent() ? json.decimal(name).getAsDouble() : null;
  }
}
