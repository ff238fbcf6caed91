package io.overread.vlm.schedule;

import java.time.Duration;

/** Hears how long work waited before it was admitted. */
@FunctionalInterface
public interface ScheduleListener {

  /** Hears nothing. */
  ScheduleListener NONE = (urgency, waited) -> {};

  /** Something of this urgency was admitted after so long. */
  void admitted(Urgency urgency, Duration waited);
}
