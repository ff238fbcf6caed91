package io.overread.vlm.schedule;

import java.util.function.Supplier;

/** How soon somebody needs it; the first comes first. */
public enum Urgency {
  /** Someone sits before the screen. */
  QUESTION(1.0),
  /** The draft of an urgent study. */
  URGENT(0.75),
  /** A draft, and whatever says nothing else. */
  NORMAL(0.75),
  /** What may wait for the night. */
  OFF_PEAK(0.5);

  private static final ScopedValue<Urgency> CURRENT = ScopedValue.newInstance();

  private final double share;

  Urgency(double share) {
    this.share = share;
  }

  /** The part of the places and of the memory that work of this urgency may take, 0 to 1. */
  double share() {
    return share;
  }

  /** The urgency of what this thread does. */
  public static Urgency current() {
    return CURRENT.orElse(NORMAL);
  }

  /** Does something with this urgency. */
  public <T> T during(Supplier<T> work) {
    return ScopedValue.where(CURRENT, this).call(work::get);
  }
}
