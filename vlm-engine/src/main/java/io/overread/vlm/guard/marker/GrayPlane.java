package io.overread.vlm.guard.marker;

import io.overread.vlm.image.RgbImage;
import java.awt.image.BufferedImage;

/**
 * An image in gray, its longer side {@value #EDGE} pixels, so that a letter is as large whatever
 * the detector's resolution is.
 */
@SuppressWarnings("ArrayRecordComponent") // a pixel buffer, passed on and never compared
record GrayPlane(int width, int height, int[] values) {

  static final int EDGE = 640;

  static GrayPlane of(BufferedImage picture) {
    RgbImage image = RgbImage.of(picture);
    double scale = (double) EDGE / Math.max(image.width(), image.height());
    int width = Math.max(1, (int) Math.round(image.width() * scale));
    int height = Math.max(1, (int) Math.round(image.height() * scale));
    float[][] rows = new float[image.height()][];
    float[] grays = new float[image.width()];
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < grays.length; x++) {
        int at = (y * grays.length + x) * 3;
        int red = image.samples()[at] & 255;
        int green = image.samples()[at + 1] & 255;
        int blue = image.samples()[at + 2] & 255;
        grays[x] = (red * 299 + green * 587 + blue * 114) / 1000f;
      }
      rows[y] = resized(grays, width);
    }
    int[] values = new int[width * height];
    float[] column = new float[rows.length];
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < rows.length; y++) {
        column[y] = rows[y][x];
      }
      float[] scaled = resized(column, height);
      for (int y = 0; y < height; y++) {
        values[y * width + x] = Math.clamp(Math.round(scaled[y]), 0, 255);
      }
    }
    return new GrayPlane(width, height, values);
  }

  /** A triangle filter, as wide as a sample of the coarser side. */
  private static float[] resized(float[] from, int size) {
    float[] to = new float[size];
    double step = (double) from.length / size;
    double reach = Math.max(1, step);
    for (int i = 0; i < size; i++) {
      double centre = (i + 0.5) * step - 0.5;
      double sum = 0;
      double weights = 0;
      for (int j = (int) Math.ceil(centre - reach); j <= centre + reach; j++) {
        double weight = 1 - Math.abs(j - centre) / reach;
        sum += weight * from[Math.clamp(j, 0, from.length - 1)];
        weights += weight;
      }
      to[i] = (float) (sum / weights);
    }
    return to;
  }
}
