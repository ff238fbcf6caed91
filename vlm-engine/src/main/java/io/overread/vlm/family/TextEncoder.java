package io.overread.vlm.family;

/** A model's tokenizer, as a family needs it. */
@FunctionalInterface
public interface TextEncoder {

  /**
   * Token ids of a text, special tokens in it recognised.
   *
   * @param addSpecialTokens whether the tokenizer's own first and last tokens are added
   */
  int[] encode(String text, boolean addSpecialTokens);
}
