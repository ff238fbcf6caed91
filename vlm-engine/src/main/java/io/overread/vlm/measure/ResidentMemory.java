package io.overread.vlm.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the process holds of the machine's memory, as Linux tells it (proc(5)); -1 elsewhere. */
final class ResidentMemory {

  private ResidentMemory() {}

  /** Resident set size, in bytes. */
  static long bytes() {
    return told(Path.of("/proc/self/status"), "VmRSS:");
  }

  /** The largest resident set size so far, in bytes. */
  static long peakBytes() {
    return told(Path.of("/proc/self/status"), "VmHWM:");
  }

  /** Proportional set size: pages that other processes share count in part. In bytes. */
  static long proportionalBytes() {
    return told(Path.of("/proc/self/smaps_rollup"), "Pss:");
  }

  private static long told(Path file, String name) {
    if (!Files.isReadable(file)) {
      return -1;
    }
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.replaceAll("[^0-9]", ""))
          .map(kilobytes -> Long.parseLong(kilobytes) * 1024)
          .findFirst()
          .orElse(-1L);
    } catch (IOException e) {
      return -1;
    }
  }
}
