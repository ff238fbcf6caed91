package io.overread.gateway.capacity;

import io.overread.gateway.capacity.Intake.Reason;
import java.util.EnumSet;
import java.util.Set;

/**
 * Decides with two marks for each reason, so that what has been refused stays so until there is
 * room for more than the next instance.
 */
final class Watermarks {

  private final CapacityProperties.Disk disk;
  private final CapacityProperties.Queue queue;

  Watermarks(CapacityProperties properties) {
    this.disk = properties.disk();
    this.queue = properties.queue();
  }

  /** The reasons to refuse now, given those of before. */
  Set<Reason> reasons(Load load, Set<Reason> before) {
    EnumSet<Reason> reasons = EnumSet.noneOf(Reason.class);
    for (Reason reason : Reason.values()) {
      if (before.contains(reason) ? !isRelieved(reason, load) : isReached(reason, load)) {
        reasons.add(reason);
      }
    }
    return reasons;
  }

  private boolean isReached(Reason reason, Load load) {
    return switch (reason) {
      case DISK ->
          load.freeBytes() < disk.pauseBelow().toBytes()
              || load.freePercent() < disk.pauseBelowPercent();
      case UNWRITTEN -> load.backlog().bytes() > queue.pauseAbove().toBytes();
      case DRAFTS -> load.waitingStudies() > queue.pauseAboveStudies();
    };
  }

  private boolean isRelieved(Reason reason, Load load) {
    return switch (reason) {
      case DISK ->
          load.freeBytes() >= disk.resumeAbove().toBytes()
              && load.freePercent() >= disk.resumeAbovePercent();
      case UNWRITTEN -> load.backlog().bytes() <= queue.resumeBelow().toBytes();
      case DRAFTS -> load.waitingStudies() <= queue.resumeBelowStudies();
    };
  }
}
