package io.overread.vlm;

/** Hears an answer while it is written. */
@FunctionalInterface
public interface TokenListener {

  /** Hears nothing. */
  TokenListener NONE = piece -> {};

  /**
   * The next piece of the answer: whole characters, never empty. The pieces joined are the answer's
   * text. Called on the thread that asked.
   */
  void onText(String piece);
}
