package io.overread.dicom.pixel.jpeg2000;

/** Decodes a two-dimensional array of numbers of which neighbours are often alike (B.10.2). */
final class TagTree {
  private final int[] widths;
  private final int[] starts;
  private final int[] least;
  private final boolean[] known;

  TagTree(int across, int down) {
    int levels = 1;
    for (int side = Math.max(across, down); side > 1; side = (side + 1) / 2) {
      levels++;
    }
    widths = new int[levels];
    starts = new int[levels];
    int nodes = 0;
    for (int level = 0; level < levels; level++) {
      widths[level] = (across + (1 << level) - 1) >> level;
      starts[level] = nodes;
      nodes += widths[level] * ((down + (1 << level) - 1) >> level);
    }
    least = new int[nodes];
    known = new boolean[nodes];
  }

  /** Reads as much as tells whether the number at a place is below the threshold; whether it is. */
  boolean below(PacketBits bits, int x, int y, int threshold) {
    int bound = 0;
    int node = 0;
    for (int level = widths.length - 1; level >= 0; level--) {
      node = starts[level] + (y >> level) * widths[level] + (x >> level);
      bound = Math.max(bound, least[node]);
      while (bound < threshold && !known[node]) {
        if (bits.bit() == 1) {
          known[node] = true;
        } else {
          bound++;
        }
      }
      least[node] = bound;
    }
    return known[node] && least[node] < threshold;
  }
}
