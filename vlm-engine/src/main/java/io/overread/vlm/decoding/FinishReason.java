package io.overread.vlm.decoding;

/** Why an answer ended. */
public enum FinishReason {
  /** The model said that it was done. */
  STOP,
  /** The answer reached the longest length allowed, or the end of the context. */
  LENGTH,
  /** Someone asked it to stop. */
  CANCELLED
}
