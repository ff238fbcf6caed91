package io.overread.vlm.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Repeated times of one step. */
final class Timings {

  private final String step;
  private final List<Double> milliseconds = new ArrayList<>();

  Timings(String step) {
    this.step = step;
  }

  void add(long nanoseconds) {
    milliseconds.add(nanoseconds / 1e6);
  }

  /** A row: first, median, 90th percentile. */
  @Override
  public String toString() {
    List<Double> sorted = milliseconds.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "| %-28s | %8.1f | %8.1f | %8.1f |",
        step,
        milliseconds.getFirst(),
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 9 / 10));
  }
}
