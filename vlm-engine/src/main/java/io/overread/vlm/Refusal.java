package io.overread.vlm;

import io.overread.vlm.decoding.LogProbabilities;
import io.overread.vlm.model.ModelManifest;
import org.jspecify.annotations.Nullable;

/**
 * How the model says that it cannot tell.
 *
 * @param text the words; null of a model that has none
 * @param firstToken the token that they start with, -1 of a model that has none
 */
record Refusal(@Nullable String text, int firstToken) {

  static Refusal of(ModelManifest manifest, PromptBuilder prompts) {
    String text = manifest.refusalText();
    int[] tokens = text == null ? new int[0] : prompts.answer(text.strip());
    return tokens.length == 0 ? new Refusal(null, -1) : new Refusal(text, tokens[0]);
  }

  boolean is(String answer) {
    return text != null && answer.equals(text.strip());
  }

  /** The probability that an answer starts as the refusal does; 0 of a model that has none. */
  double probability(LogProbabilities first) {
    return firstToken < 0 ? 0 : Math.exp(first.of(firstToken));
  }
}
