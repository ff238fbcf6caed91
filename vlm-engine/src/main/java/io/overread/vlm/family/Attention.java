package io.overread.vlm.family;

/** Whom a token of the prompt was trained to look at. */
public enum Attention {
  /** What comes before it. */
  CAUSAL,
  /** What comes before it and, where it is an image's, the rest of that image. */
  WITHIN_IMAGE,
  /** The whole prompt; so no part of a prompt can be read before the rest is known. */
  WHOLE_PROMPT
}
