package io.overread.vlm.evaluate.published;

/** Which questions of a set are read. */
public enum Part {
  /** Those to measure on: test, or validation where the answers of test are kept secret. */
  DEV,
  /** Those to learn from. */
  TRAIN,
  /** Every one that has an answer. */
  ALL
}
