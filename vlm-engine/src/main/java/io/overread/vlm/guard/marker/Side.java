package io.overread.vlm.guard.marker;

/** A side of the patient. */
public enum Side {
  /** The patient's left. */
  LEFT,
  /** The patient's right. */
  RIGHT;

  /** In a sentence: {@code left} or {@code right}. */
  public String word() {
    return this == LEFT ? "left" : "right";
  }

  /** The letter that stands for it on films: {@code L} or {@code R}. */
  public String letter() {
    return this == LEFT ? "L" : "R";
  }
}
