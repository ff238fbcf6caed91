package io.overread.vlm.evaluate;

import org.jspecify.annotations.Nullable;

/**
 * Which image an answer is about.
 *
 * @param id of the record, or the name of a generated image
 * @param source the data set that it comes from
 * @param group the patient, case or cluster: what is drawn as one when figures are resampled
 * @param sex M or F; null where not stated
 * @param age in years; null where not stated
 * @param scanner manufacturer and model; null where not stated
 */
record Subject(
    String id,
    String source,
    String group,
    @Nullable String sex,
    @Nullable Integer age,
    @Nullable String scanner) {

  /** Of a scanner that is not stated. */
  Subject(String id, String source, String group, @Nullable String sex, @Nullable Integer age) {
    this(id, source, group, sex, age, null);
  }

  /** An image of which nothing else is known: its own group. */
  static Subject alone(String id, String source) {
    return new Subject(id, source, id, null, null);
  }
}
