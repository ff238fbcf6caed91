package io.overread.gateway.deidentify;

import java.awt.image.BufferedImage;

/**
 * Gray values, 0 to 255, row by row.
 *
 * @param width in pixels
 * @param height in pixels
 * @param values one for each pixel
 */
record GrayPlane(int width, int height, int[] values) {

  /** The luma of an image (ITU-R BT.601). */
  static GrayPlane of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] values = new int[width * height];
    if (image.getRaster().getNumBands() == 1 && image.getSampleModel().getSampleSize(0) == 8) {
      image.getRaster().getSamples(0, 0, width, height, 0, values);
    } else {
      image.getRGB(0, 0, width, height, values, 0, width);
      for (int i = 0; i < values.length; i++) {
        int rgb = values[i];
        values[i] =
            (299 * (rgb >> 16 & 0xff) + 587 * (rgb >> 8 & 0xff) + 114 * (rgb & 0xff)) / 1000;
      }
    }
    return new GrayPlane(width, height, values);
  }

  int at(int x, int y) {
    return values[y * width + x];
  }

  boolean has(int x, int y) {
    return x >= 0 && y >= 0 && x < width && y < height;
  }

  /** Half as wide and high, each pixel the mean of four. */
  GrayPlane halved() {
    int halfWidth = width / 2;
    int halfHeight = height / 2;
    int[] half = new int[halfWidth * halfHeight];
    for (int y = 0; y < halfHeight; y++) {
      for (int x = 0; x < halfWidth; x++) {
        int sum = at(2 * x, 2 * y) + at(2 * x + 1, 2 * y);
        half[y * halfWidth + x] = (sum + at(2 * x, 2 * y + 1) + at(2 * x + 1, 2 * y + 1) + 2) / 4;
      }
    }
    return new GrayPlane(halfWidth, halfHeight, half);
  }

  /** Dark for bright. */
  GrayPlane inverted() {
    int[] other = new int[values.length];
    for (int i = 0; i < other.length; i++) {
      other[i] = 255 - values[i];
    }
    return new GrayPlane(width, height, other);
  }

  /**
   * The white top-hat (Serra 1982): how much brighter a pixel is than the brightest square around
   * it of {@code 2 * reach + 1} pixels that is nowhere darker. Thin bright structures are left.
   */
  GrayPlane topHat(int reach) {
    GrayPlane opened = extreme(reach, true).extreme(reach, false);
    int[] left = new int[values.length];
    for (int i = 0; i < left.length; i++) {
      left[i] = values[i] - opened.values[i];
    }
    return new GrayPlane(width, height, left);
  }

  /** The least or largest value in the square around each pixel. */
  private GrayPlane extreme(int reach, boolean least) {
    int[] rows = new int[values.length];
    int[] line = new int[Math.max(width, height)];
    for (int y = 0; y < height; y++) {
      System.arraycopy(values, y * width, line, 0, width);
      for (int x = 0; x < width; x++) {
        rows[y * width + x] = extreme(line, x, reach, width, least);
      }
    }
    int[] both = new int[values.length];
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        line[y] = rows[y * width + x];
      }
      for (int y = 0; y < height; y++) {
        both[y * width + x] = extreme(line, y, reach, height, least);
      }
    }
    return new GrayPlane(width, height, both);
  }

  private static int extreme(int[] line, int at, int reach, int length, boolean least) {
    int found = line[at];
    for (int i = Math.max(0, at - reach); i <= Math.min(length - 1, at + reach); i++) {
      found = least ? Math.min(found, line[i]) : Math.max(found, line[i]);
    }
    return found;
  }
}
