package io.overread.vlm.evaluate;

import org.jspecify.annotations.Nullable;

/**
 * What a model gave to a question.
 *
 * @param text its words; empty where the question did not fit into its context
 * @param confidence the geometric mean of the probabilities of its tokens, 0..1; null of a model
 *     that gives none
 * @param probability of yes, calibrated, of a yes/no question; null of a model that gives none
 * @param refused whether it refused to answer
 */
record Reply(
    String text, @Nullable Double confidence, @Nullable Double probability, boolean refused) {

  /** To a question that could not be asked. */
  static final Reply NONE = new Reply("", null, null, false);
}
