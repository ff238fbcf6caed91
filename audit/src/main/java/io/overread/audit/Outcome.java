package io.overread.audit;

/** How an act ended. */
public enum Outcome {
  SUCCESS,
  /** Understood and not allowed. */
  REFUSED,
  /** Allowed and gone wrong. */
  FAILED
}
