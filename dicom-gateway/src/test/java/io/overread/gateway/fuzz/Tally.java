package io.overread.gateway.fuzz;

import java.util.Locale;

/** What came of the inputs of a surface. */
final class Tally {
  private final Surface surface;
  private int taken;
  private int refused;
  private int findings;
  private long slowestNanos;
  private int slowest;
  private long mostAllocated;

  Tally(Surface surface) {
    this.surface = surface;
  }

  Surface surface() {
    return surface;
  }

  void count(boolean wasTaken) {
    if (wasTaken) {
      taken++;
    } else {
      refused++;
    }
  }

  void finding() {
    findings++;
  }

  /** What an input cost: processor time and memory, whether or not it was freed meanwhile. */
  void cost(int input, long nanos, long allocated) {
    if (nanos > slowestNanos) {
      slowestNanos = nanos;
      slowest = input;
    }
    mostAllocated = Math.max(mostAllocated, allocated);
  }

  int inputs() {
    return taken + refused + findings;
  }

  int taken() {
    return taken;
  }

  int refused() {
    return refused;
  }

  int findings() {
    return findings;
  }

  /** A row of FUZZING.md. */
  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %d | %d | %.1f (no. %d) | %.1f |",
        surface.name(),
        inputs(),
        taken,
        refused,
        findings,
        slowestNanos / 1e6,
        slowest,
        mostAllocated / 1e6);
  }
}
