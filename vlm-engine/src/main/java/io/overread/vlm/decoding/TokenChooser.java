package io.overread.vlm.decoding;

/** Chooses one token after another of one answer. Not for several threads. */
public interface TokenChooser {

  /** Instead of a token: the answer is complete. */
  int END = -1;

  /** The next token, or {@link #END}. */
  int choose(float[] logits);
}
