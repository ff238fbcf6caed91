package io.overread.vlm.evaluate;

/** An answer as figures and their intervals see it. */
interface Judged {

  /** What it is drawn with when figures are resampled: a patient, a case or an image. */
  String group();

  /** The probability of what may be true, 0..1; NaN where none was given. */
  double probability();

  /** Whether it is. */
  boolean isTrue();
}
