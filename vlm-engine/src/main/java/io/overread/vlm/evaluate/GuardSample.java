package io.overread.vlm.evaluate;

import io.overread.vlm.ImageDependence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the guards are measured on: one image of the data, or one that was made.
 *
 * @param group images that hang together stand in one half of the data
 * @param unusable whether {@code ImageGuard} objects to the image
 * @param kind {@code real}, or what was made
 * @param answers questions that were answered in words
 * @param findings scored findings whose truth is stated
 * @param sentences of reports
 */
record GuardSample(
    String group,
    boolean unusable,
    String kind,
    List<Answered> answers,
    List<Scored> findings,
    List<Said> sentences) {

  GuardSample {
    answers = List.copyOf(answers);
    findings = List.copyOf(findings);
    sentences = List.copyOf(sentences);
  }

  static GuardSample made(String kind, boolean unusable) {
    return new GuardSample("made", unusable, kind, List.of(), List.of(), List.of());
  }

  /**
   * An answer in words.
   *
   * @param free whether the question is the source's own, not one that we put to every image
   * @param yes calibrated probability of the yes or no that was answered; null of other answers
   * @param part how it was written, with the image and without
   */
  record Answered(
      String text,
      boolean free,
      boolean right,
      boolean refused,
      @Nullable Double yes,
      ImageDependence.Part part) {}

  /**
   * A scored finding.
   *
   * @param shift how far the image moved its log odds
   * @param black the same for a black image
   */
  record Scored(String id, boolean truth, double probability, double shift, double black) {}

  /**
   * A sentence of a report.
   *
   * @param own whether the model wrote it of this image; otherwise it is from another's report
   * @param shift how much likelier the image makes it, per token
   * @param right whether what it states of findings is what the source states; null where it states
   *     nothing of which that is known
   * @param contradicted whether {@code ContradictionGuard} objects to it
   */
  record Said(
      String text, boolean own, double shift, @Nullable Boolean right, boolean contradicted) {}
}
