package io.overread.dicom.pixel;

import java.util.Arrays;

/**
 * Decodes the lines of a JPEG-LS scan (ITU-T T.87 A.2, A.3, A.7 and Annex B), for one component or
 * for several that are interleaved line by line or sample by sample.
 */
final class JpegLsScan {
  /** J: the logarithms of the lengths of run segments (A.7.1.2). */
  private static final int[] RUN_BITS = {
    0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13,
    14, 15
  };

  private final JpegLsBits bits;
  private final JpegLsContexts contexts;
  private final int columns;
  private final int near;
  private final int maximum;

  /** For each difference of two samples, from the most negative on, its region (A.3.3). */
  private final byte[] regions;

  /**
   * For each component two lines with a sample more at each end: 0 is what counts as left of the
   * first, the last what counts as right of the last.
   */
  private final int[][] above;

  private final int[][] current;
  private final int[] runIndexes;

  /** Prepares a scan of {@code components} components; {@code preset} is complete. */
  JpegLsScan(JpegLsBits bits, JpegLsPreset preset, int near, int components, int columns) {
    this.bits = bits;
    this.contexts = new JpegLsContexts(bits, preset, near);
    this.columns = columns;
    this.near = near;
    this.maximum = preset.maximum();
    this.regions = regions(preset, near);
    this.above = new int[components][columns + 2];
    this.current = new int[components][columns + 2];
    this.runIndexes = new int[components];
  }

  /** Passes a restart marker and starts anew. */
  void restart(int interval) {
    bits.restart(interval);
    contexts.forget();
    Arrays.fill(runIndexes, 0);
    for (int component = 0; component < above.length; component++) {
      Arrays.fill(above[component], 0);
      Arrays.fill(current[component], 0);
    }
  }

  /** Decodes the next line of each component. */
  void decodeLines(boolean bySample) {
    for (int component = 0; component < above.length; component++) {
      int[] line = above[component];
      above[component] = current[component];
      current[component] = line;
      line[0] = above[component][1];
      above[component][columns + 1] = above[component][columns];
    }
    if (bySample) {
      decodeSamples();
    } else {
      for (int component = 0; component < above.length; component++) {
        decodeLine(component);
      }
    }
    bits.refuseExhaustion();
  }

  /** The line that was decoded last; its samples start at 1. */
  int[] line(int component) {
    return current[component];
  }

  private void decodeLine(int component) {
    int[] up = above[component];
    int[] line = current[component];
    int column = 1;
    while (column <= columns) {
      int context = context(up, line, column);
      if (context != 0) {
        line[column] = contexts.regular(context, line[column - 1], up[column], up[column - 1]);
        column++;
        continue;
      }
      column = run(component, component + 1, column);
      if (column <= columns) {
        int left = line[column - 1];
        boolean flat = Math.abs(left - up[column]) <= near;
        line[column] = contexts.interruption(left, up[column], flat, runBits(component));
        interrupted(component);
        column++;
      }
    }
  }

  /** Interleaved by sample: a run is one of all components, and its end never counts as flat. */
  private void decodeSamples() {
    int column = 1;
    while (column <= columns) {
      if (anyGradient(column)) {
        for (int component = 0; component < above.length; component++) {
          int[] up = above[component];
          int[] line = current[component];
          line[column] =
              contexts.regular(
                  context(up, line, column), line[column - 1], up[column], up[column - 1]);
        }
        column++;
        continue;
      }
      column = run(0, above.length, column);
      if (column <= columns) {
        for (int component = 0; component < above.length; component++) {
          int left = current[component][column - 1];
          current[component][column] =
              contexts.interruption(left, above[component][column], false, runBits(0));
        }
        interrupted(0);
        column++;
      }
    }
  }

  private boolean anyGradient(int column) {
    for (int component = 0; component < above.length; component++) {
      if (context(above[component], current[component], column) != 0) {
        return true;
      }
    }
    return false;
  }

  /** The context of a sample by the regions of its gradients (A.3); 0 starts a run. */
  private int context(int[] up, int[] line, int column) {
    int corner = up[column - 1];
    int over = up[column];
    return 81 * regions[up[column + 1] - over + maximum]
        + 9 * regions[over - corner + maximum]
        + regions[corner - line[column - 1] + maximum];
  }

  /** Repeats the samples to the left (A.7.1); returns the column that interrupts, or the end. */
  private int run(int from, int to, int start) {
    int column = start;
    while (bits.take(1) == 1) {
      int segment = 1 << runBits(from);
      int length = Math.min(segment, columns + 1 - column);
      repeat(from, to, column, length);
      column += length;
      if (length == segment && runIndexes[from] < RUN_BITS.length - 1) {
        runIndexes[from]++;
      }
      if (column > columns) {
        return column;
      }
    }
    int rest = bits.take(runBits(from));
    if (rest > columns - column) {
      throw PixelDataException.malformed("JPEG-LS run beyond the end of its line");
    }
    repeat(from, to, column, rest);
    return column + rest;
  }

  private void repeat(int from, int to, int column, int length) {
    for (int component = from; component < to; component++) {
      int[] line = current[component];
      Arrays.fill(line, column, column + length, line[column - 1]);
    }
  }

  private int runBits(int component) {
    return RUN_BITS[runIndexes[component]];
  }

  private void interrupted(int component) {
    if (runIndexes[component] > 0) {
      runIndexes[component]--;
    }
  }

  private static byte[] regions(JpegLsPreset preset, int near) {
    int maximum = preset.maximum();
    byte[] regions = new byte[2 * maximum + 1];
    for (int size = 0; size <= maximum; size++) {
      int region =
          size <= near
              ? 0
              : size < preset.threshold1()
                  ? 1
                  : size < preset.threshold2() ? 2 : size < preset.threshold3() ? 3 : 4;
      regions[maximum + size] = (byte) region;
      regions[maximum - size] = (byte) -region;
    }
    return regions;
  }
}
