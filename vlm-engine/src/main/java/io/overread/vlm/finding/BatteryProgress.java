package io.overread.vlm.finding;

/** Hears how far a battery is. */
@FunctionalInterface
public interface BatteryProgress {

  /** Hears nothing. */
  BatteryProgress NONE = (done, total) -> {};

  /** So many questions of the total are scored. */
  void scored(int done, int total);
}
