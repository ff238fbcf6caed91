package io.overread.dicom.pixel;

import java.util.Arrays;

/**
 * An encoder of JPEG-LS (ITU-T T.87) for tests, written along the procedures of its Annex A, plain
 * and slow.
 *
 * @param interleave 0 for a scan of each component, 1 by line, 2 by sample
 * @param restartRows lines between restart markers; 0 for none
 * @param preset T1, T2, T3 and RESET for an LSE segment; none for the defaults
 */
public record GeneratedJpegLs(
    int width,
    int height,
    int components,
    int precision,
    int near,
    int interleave,
    int restartRows,
    int... preset) {

  /** The stream of samples, those of a pixel next to each other. */
  public byte[] encode(int... samples) {
    var stream = new GeneratedScan(true).marker(0xd8);
    int[] frame = new int[6 + 3 * components];
    frame[0] = precision;
    frame[1] = height >> 8;
    frame[2] = height & 0xff;
    frame[3] = width >> 8;
    frame[4] = width & 0xff;
    frame[5] = components;
    for (int component = 0; component < components; component++) {
      frame[6 + 3 * component] = component + 1;
      frame[7 + 3 * component] = 0x11;
    }
    stream.segment(0xf7, frame);
    if (preset.length > 0) {
      int[] words = {maximum(), preset[0], preset[1], preset[2], preset[3]};
      int[] lse = new int[11];
      lse[0] = 1;
      for (int index = 0; index < words.length; index++) {
        lse[1 + 2 * index] = words[index] >> 8;
        lse[2 + 2 * index] = words[index] & 0xff;
      }
      stream.segment(0xf8, lse);
    }
    if (restartRows > 0) {
      stream.segment(0xdd, restartRows >> 8, restartRows & 0xff);
    }
    int each = interleave == 0 ? 1 : components;
    for (int first = 0; first < components; first += each) {
      int[] scan = new int[4 + 2 * each];
      scan[0] = each;
      for (int index = 0; index < each; index++) {
        scan[1 + 2 * index] = first + index + 1;
      }
      scan[1 + 2 * each] = near;
      scan[2 + 2 * each] = interleave;
      stream.segment(0xda, scan);
      new Scan(stream, first, each).encode(samples);
    }
    return stream.marker(0xd9).toBytes();
  }

  private int maximum() {
    return (1 << precision) - 1;
  }

  /** T1, T2, T3 and RESET (C.2.4.1.1.1). */
  private int[] parameters() {
    if (preset.length > 0) {
      return preset;
    }
    int factor = (Math.min(maximum(), 4095) + 128) / 256;
    int shrink = 256 / (maximum() + 1);
    boolean wide = maximum() >= 128;
    int[] thresholds = new int[4];
    int least = near + 1;
    for (int index = 0; index < 3; index++) {
      int basic = new int[] {3, 7, 21}[index];
      int floor = index + 2;
      int added = (3 + 2 * index) * near;
      int threshold =
          wide ? factor * (basic - floor) + floor + added : Math.max(floor, basic / shrink + added);
      least = threshold < least || threshold > maximum() ? least : threshold;
      thresholds[index] = least;
    }
    thresholds[3] = 64;
    return thresholds;
  }

  /** What has been learned in a scan, and the lines as the decoder will have them. */
  private final class Scan {
    private static final int[] RUN_BITS = {
      0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13,
      14, 15
    };
    private final GeneratedScan stream;
    private final int first;
    private final int count;
    private final int[] parameters = parameters();
    private final int step = 2 * near + 1;
    private final int range = (maximum() + 2 * near) / step + 1;
    private final int errorBits = Integer.SIZE - Integer.numberOfLeadingZeros(range - 1);
    private final int limit = 2 * (precision + Math.max(8, precision));
    private final int[] a = new int[367];
    private final int[] b = new int[367];
    private final int[] c = new int[367];
    private final int[] n = new int[367];
    private final int[] negative = new int[367];
    private final int[] runIndex;
    private final int[][] above;
    private final int[][] line;

    Scan(GeneratedScan stream, int first, int count) {
      this.stream = stream;
      this.first = first;
      this.count = count;
      this.runIndex = new int[count];
      this.above = new int[count][width + 2];
      this.line = new int[count][width + 2];
      reset();
    }

    private void reset() {
      Arrays.fill(a, Math.max(2, (range + 32) / 64));
      Arrays.fill(b, 0);
      Arrays.fill(c, 0);
      Arrays.fill(n, 1);
      Arrays.fill(negative, 0);
      Arrays.fill(runIndex, 0);
      for (int component = 0; component < count; component++) {
        Arrays.fill(above[component], 0);
        Arrays.fill(line[component], 0);
      }
    }

    void encode(int[] samples) {
      for (int row = 0; row < height; row++) {
        if (row > 0 && restartRows > 0 && row % restartRows == 0) {
          stream.align();
          stream.marker(0xd0 + (row / restartRows - 1) % 8);
          reset();
        }
        for (int component = 0; component < count; component++) {
          int[] spare = above[component];
          above[component] = line[component];
          line[component] = spare;
          above[component][width + 1] = above[component][width];
          line[component][0] = above[component][1];
          for (int column = 0; column < width; column++) {
            line[component][column + 1] =
                samples[(row * width + column) * components + first + component];
          }
        }
        if (interleave == 2) {
          encodeLine(0, count);
        } else {
          for (int component = 0; component < count; component++) {
            encodeLine(component, component + 1);
          }
        }
      }
      stream.align();
    }

    private void encodeLine(int from, int to) {
      int column = 1;
      while (column <= width) {
        boolean flat = true;
        for (int component = from; component < to; component++) {
          flat &= context(component, column) == 0;
        }
        if (!flat) {
          for (int component = from; component < to; component++) {
            regular(component, column);
          }
          column++;
        } else {
          column = run(from, to, column);
        }
      }
    }

    private int context(int component, int column) {
      int[] up = above[component];
      return 81 * region(up[column + 1] - up[column])
          + 9 * region(up[column] - up[column - 1])
          + region(up[column - 1] - line[component][column - 1]);
    }

    private int region(int gradient) {
      int size = Math.abs(gradient);
      int region =
          size <= near
              ? 0
              : size < parameters[0] ? 1 : size < parameters[1] ? 2 : size < parameters[2] ? 3 : 4;
      return gradient < 0 ? -region : region;
    }

    private void regular(int component, int column) {
      int context = context(component, column);
      int sign = context < 0 ? -1 : 1;
      int q = Math.abs(context);
      int left = line[component][column - 1];
      int over = above[component][column];
      int corner = above[component][column - 1];
      int predicted =
          corner >= Math.max(left, over)
              ? Math.min(left, over)
              : corner <= Math.min(left, over) ? Math.max(left, over) : left + over - corner;
      predicted = Math.clamp(predicted + (long) sign * c[q], 0, maximum());
      int error = quantized(sign * (line[component][column] - predicted));
      line[component][column] = reconstructed(predicted, sign * error);
      int k = 0;
      while (n[q] << k < a[q]) {
        k++;
      }
      boolean swapped = near == 0 && k == 0 && 2 * b[q] <= -n[q];
      int mapped = error >= 0 ? 2 * error : -2 * error - 1;
      if (swapped) {
        mapped = error >= 0 ? 2 * error + 1 : -2 * (error + 1);
      }
      golomb(mapped, k, limit);
      b[q] += error * step;
      a[q] += Math.abs(error);
      if (n[q] == parameters[3]) {
        a[q] >>= 1;
        b[q] = b[q] >= 0 ? b[q] >> 1 : -((1 - b[q]) >> 1);
        n[q] >>= 1;
      }
      n[q]++;
      if (b[q] <= -n[q]) {
        b[q] += n[q];
        c[q] = Math.max(c[q] - 1, -128);
        b[q] = Math.max(b[q], -n[q] + 1);
      } else if (b[q] > 0) {
        b[q] -= n[q];
        c[q] = Math.min(c[q] + 1, 127);
        b[q] = Math.min(b[q], 0);
      }
    }

    /** A.7: a run, and the sample that interrupts it unless the line ends. */
    private int run(int from, int to, int start) {
      int column = start;
      while (column <= width && repeats(from, to, column)) {
        for (int component = from; component < to; component++) {
          line[component][column] = line[component][column - 1];
        }
        column++;
      }
      int left = column - start;
      while (left >= 1 << RUN_BITS[runIndex[from]]) {
        stream.bits(1, 1);
        left -= 1 << RUN_BITS[runIndex[from]];
        runIndex[from] = Math.min(runIndex[from] + 1, 31);
      }
      if (column > width) {
        if (left > 0) {
          stream.bits(1, 1);
        }
        return column;
      }
      stream.bits(0, 1);
      stream.bits(left, RUN_BITS[runIndex[from]]);
      for (int component = from; component < to; component++) {
        interruption(component, column, to - from == 1, RUN_BITS[runIndex[from]]);
      }
      runIndex[from] = Math.max(runIndex[from] - 1, 0);
      return column + 1;
    }

    private boolean repeats(int from, int to, int column) {
      boolean repeats = true;
      for (int component = from; component < to; component++) {
        int repeated = line[component][column - 1];
        repeats &= Math.abs(line[component][column] - repeated) <= near;
      }
      return repeats;
    }

    private void interruption(int component, int column, boolean alone, int runBits) {
      int left = line[component][column - 1];
      int over = above[component][column];
      int type = alone && Math.abs(left - over) <= near ? 1 : 0;
      int q = 365 + type;
      int predicted = type == 1 ? left : over;
      int sign = type == 0 && left > over ? -1 : 1;
      int error = quantized(sign * (line[component][column] - predicted));
      line[component][column] = reconstructed(predicted, sign * error);
      int sum = type == 0 ? a[q] : a[q] + (n[q] >> 1);
      int k = 0;
      while (n[q] << k < sum) {
        k++;
      }
      boolean map =
          (k == 0 && error > 0 && 2 * negative[q] < n[q])
              || (error < 0 && (2 * negative[q] >= n[q] || k != 0));
      int mapped = 2 * Math.abs(error) - type - (map ? 1 : 0);
      golomb(mapped, k, limit - runBits - 1);
      if (error < 0) {
        negative[q]++;
      }
      a[q] += (mapped + 1 - type) >> 1;
      if (n[q] == parameters[3]) {
        a[q] >>= 1;
        n[q] >>= 1;
        negative[q] >>= 1;
      }
      n[q]++;
    }

    private int quantized(int error) {
      int steps = error > 0 ? (error + near) / step : -((near - error) / step);
      int positive = steps < 0 ? steps + range : steps;
      return positive >= (range + 1) / 2 ? positive - range : positive;
    }

    private int reconstructed(int predicted, int error) {
      int value = predicted + error * step;
      if (value < -near) {
        value += range * step;
      } else if (value > maximum() + near) {
        value -= range * step;
      }
      return Math.clamp(value, 0, maximum());
    }

    private void golomb(int value, int k, int longest) {
      int high = value >> k;
      int escape = longest - errorBits - 1;
      if (high < escape) {
        stream.bits(0, high);
        stream.bits(1, 1);
        stream.bits(value, k);
      } else {
        stream.bits(0, escape);
        stream.bits(1, 1);
        stream.bits(value - 1, errorBits);
      }
    }
  }
}
