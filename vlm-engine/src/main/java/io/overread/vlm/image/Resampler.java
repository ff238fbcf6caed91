package io.overread.vlm.image;

/**
 * Resizes as Pillow does, to the last bit: two passes, antialiased when it shrinks, weights rounded
 * to 22 bits and each pass rounded to eight (Pillow's {@code Resample.c}). Models are trained on
 * images that Pillow resized; Java2D has no such filter.
 */
public final class Resampler {

  private static final int PRECISION_BITS = 32 - 8 - 2;

  private Resampler() {}

  /** The image at another size; the same object when the size is the same. */
  public static RgbImage resize(RgbImage image, int width, int height, ResamplingFilter filter) {
    if (image.width() == width && image.height() == height) {
      return image;
    }
    if (filter == ResamplingFilter.NEAREST) {
      return nearest(image, width, height);
    }
    return verticalFirst(image, width, height)
        ? toWidth(toHeight(image, height, filter), width, filter)
        : toHeight(toWidth(image, width, filter), height, filter);
  }

  /** Pillow 13's choice; earlier ones always began with the rows. Only roundings depend on it. */
  private static boolean verticalFirst(RgbImage image, int width, int height) {
    return height < image.height() && image.height() - height > 2 * (image.width() - width);
  }

  private static RgbImage toWidth(RgbImage image, int width, ResamplingFilter filter) {
    return image.width() == width
        ? image
        : horizontally(image, new Weights(image.width(), width, filter));
  }

  private static RgbImage toHeight(RgbImage image, int height, ResamplingFilter filter) {
    return image.height() == height
        ? image
        : vertically(image, new Weights(image.height(), height, filter));
  }

  private static RgbImage horizontally(RgbImage image, Weights weights) {
    int width = weights.starts.length;
    byte[] in = image.samples();
    byte[] out = new byte[width * image.height() * 3];
    for (int y = 0; y < image.height(); y++) {
      int row = y * image.width() * 3;
      for (int x = 0; x < width; x++) {
        accumulate(in, row + weights.starts[x] * 3, 3, weights.of[x], out, (y * width + x) * 3);
      }
    }
    return new RgbImage(width, image.height(), out);
  }

  private static RgbImage vertically(RgbImage image, Weights weights) {
    int height = weights.starts.length;
    int stride = image.width() * 3;
    byte[] in = image.samples();
    byte[] out = new byte[height * stride];
    for (int y = 0; y < height; y++) {
      int top = weights.starts[y] * stride;
      for (int x = 0; x < stride; x += 3) {
        accumulate(in, top + x, stride, weights.of[y], out, y * stride + x);
      }
    }
    return new RgbImage(image.width(), height, out);
  }

  private static void accumulate(
      byte[] in, int start, int step, int[] weights, byte[] out, int to) {
    int red = 1 << (PRECISION_BITS - 1);
    int green = red;
    int blue = red;
    int at = start;
    for (int weight : weights) {
      red += (in[at] & 0xff) * weight;
      green += (in[at + 1] & 0xff) * weight;
      blue += (in[at + 2] & 0xff) * weight;
      at += step;
    }
    out[to] = clip(red);
    out[to + 1] = clip(green);
    out[to + 2] = clip(blue);
  }

  private static byte clip(int sum) {
    return (byte) Math.clamp(sum >> PRECISION_BITS, 0, 255);
  }

  private static RgbImage nearest(RgbImage image, int width, int height) {
    byte[] out = new byte[width * height * 3];
    int[] columns = nearestIndices(image.width(), width);
    int[] rows = nearestIndices(image.height(), height);
    int to = 0;
    for (int row : rows) {
      for (int column : columns) {
        System.arraycopy(image.samples(), (row * image.width() + column) * 3, out, to, 3);
        to += 3;
      }
    }
    return new RgbImage(width, height, out);
  }

  private static int[] nearestIndices(int from, int to) {
    int[] indices = new int[to];
    double scale = (double) from / to;
    // Summed, not multiplied: Pillow's rounding is that of the sum.
    double at = scale * 0.5;
    for (int i = 0; i < to; i++) {
      indices[i] = Math.min((int) at, from - 1);
      at += scale;
    }
    return indices;
  }

  /** For each target index, where its source pixels start and what each weighs. */
  private static final class Weights {

    private final int[] starts;
    private final int[][] of;

    Weights(int from, int to, ResamplingFilter filter) {
      starts = new int[to];
      of = new int[to][];
      double scale = (double) from / to;
      double filterScale = Math.max(scale, 1);
      double support = filter.support() * filterScale;
      for (int i = 0; i < to; i++) {
        double center = (i + 0.5) * scale;
        int start = Math.max((int) (center - support + 0.5), 0);
        int end = Math.min((int) (center + support + 0.5), from);
        double[] exact = new double[end - start];
        double sum = 0;
        for (int k = 0; k < exact.length; k++) {
          exact[k] = filter.weight((k + start - center + 0.5) * (1 / filterScale));
          sum += exact[k];
        }
        starts[i] = start;
        of[i] = rounded(exact, sum);
      }
    }

    private static int[] rounded(double[] exact, double sum) {
      int[] rounded = new int[exact.length];
      for (int k = 0; k < exact.length; k++) {
        double weight = (sum == 0 ? exact[k] : exact[k] / sum) * (1 << PRECISION_BITS);
        rounded[k] = (int) (weight < 0 ? weight - 0.5 : weight + 0.5);
      }
      return rounded;
    }
  }
}
