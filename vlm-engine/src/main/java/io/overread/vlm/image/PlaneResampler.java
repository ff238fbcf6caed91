package io.overread.vlm.image;

import java.util.Arrays;

/**
 * Resizes planes of numbers that were normalised already, in single precision: as Pillow does with
 * images of mode F, or as torch's {@code interpolate} does without antialiasing.
 */
public enum PlaneResampler {
  /** Pillow's cubic (a = -0.5), as wide as the shrinking asks for. */
  PILLOW_BICUBIC {
    @Override
    Taps taps(int from, int to, int index) {
      double scale = (double) from / to;
      double wide = Math.max(scale, 1);
      double support = ResamplingFilter.BICUBIC.support() * wide;
      double center = (index + 0.5) * scale;
      int start = Math.max((int) (center - support + 0.5), 0);
      int end = Math.min((int) (center + support + 0.5), from);
      int[] places = new int[end - start];
      double[] weights = new double[end - start];
      for (int k = 0; k < places.length; k++) {
        places[k] = start + k;
        weights[k] = ResamplingFilter.BICUBIC.weight((places[k] - center + 0.5) / wide);
      }
      double sum = Arrays.stream(weights).sum();
      return new Taps(places, Arrays.stream(weights).map(weight -> weight / sum).toArray());
    }
  },
  /** Four neighbours however much it shrinks (a = -0.75), edges repeated. */
  TORCH_BICUBIC {
    @Override
    Taps taps(int from, int to, int index) {
      double at = (index + 0.5) * from / to - 0.5;
      int floor = (int) Math.floor(at);
      double t = at - floor;
      int[] places = new int[4];
      double[] weights = {outer(t + 1), inner(t), inner(1 - t), outer(2 - t)};
      for (int k = 0; k < 4; k++) {
        places[k] = Math.clamp(floor - 1 + k, 0, from - 1);
      }
      return new Taps(places, weights);
    }

    private double inner(double x) {
      return (1.25 * x - 2.25) * x * x + 1;
    }

    private double outer(double x) {
      return ((-0.75 * x + 3.75) * x - 6) * x + 3;
    }
  };

  abstract Taps taps(int from, int to, int index);

  /** Another size, in pixels; each plane for itself. */
  public PixelTensor resize(PixelTensor image, int height, int width) {
    int from = image.width();
    float[] in = image.values();
    int planes = in.length / (from * image.height());
    float[] wide = new float[planes * image.height() * width];
    for (int x = 0; x < width; x++) {
      Taps taps = taps(from, width, x);
      for (int row = 0; row < planes * image.height(); row++) {
        wide[row * width + x] = taps.sum(in, row * from, 1);
      }
    }
    float[] out = new float[planes * height * width];
    for (int y = 0; y < height; y++) {
      Taps taps = taps(image.height(), height, y);
      for (int plane = 0; plane < planes; plane++) {
        int top = plane * image.height() * width;
        for (int x = 0; x < width; x++) {
          out[(plane * height + y) * width + x] = taps.sum(wide, top + x, width);
        }
      }
    }
    return new PixelTensor(height, width, out);
  }

  /** What one number of the result is made of. */
  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  record Taps(int[] places, double[] weights) {

    float sum(float[] values, int start, int step) {
      double sum = 0;
      for (int k = 0; k < places.length; k++) {
        sum += values[start + places[k] * step] * weights[k];
      }
      return (float) sum;
    }
  }
}
