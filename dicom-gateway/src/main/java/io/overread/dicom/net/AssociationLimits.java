package io.overread.dicom.net;

import java.time.Duration;

/**
 * How many associations there may be at once.
 *
 * @param maximum in all
 * @param queue how many more may wait for one of them to end; those beyond are refused as transient
 *     local-limit-exceeded
 * @param queueWait how long each of these waits before it is refused so, too
 */
public record AssociationLimits(int maximum, int queue, Duration queueWait) {
  /** Checks the ranges. */
  public AssociationLimits {
    if (maximum < 1) {
      throw new IllegalArgumentException("at least one association must be allowed");
    }
    if (queue < 0 || queueWait.isNegative()) {
      throw new IllegalArgumentException("a queue has no negative length or time");
    }
  }

  /** So many, and none that wait. */
  public static AssociationLimits of(int maximum) {
    return new AssociationLimits(maximum, 0, Duration.ZERO);
  }
}
