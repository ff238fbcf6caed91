package io.overread.gateway.capacity;

import java.time.Instant;
import java.util.Set;

/**
 * Whether instances are taken in.
 *
 * @param reasons why not; none while they are
 * @param since when that began
 */
public record Intake(Set<Reason> reasons, Instant since) {

  /** What has reached its mark. */
  public enum Reason {
    /** Too little free space on the data folder's disk. */
    DISK,
    /** Too much is received and has no row yet. */
    UNWRITTEN,
    /** Too many studies wait for their drafts. */
    DRAFTS
  }

  /** With reasons that don't change. */
  public Intake {
    reasons = Set.copyOf(reasons);
  }

  /** Whether peers are told to come again later. */
  public boolean isPaused() {
    return !reasons.isEmpty();
  }
}
