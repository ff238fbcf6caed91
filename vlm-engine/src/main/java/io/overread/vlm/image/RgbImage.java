package io.overread.vlm.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;

/**
 * Eight bits of red, green and blue for each pixel, row after row.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param samples red, green, blue of the first pixel, and so on; the array is not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a pixel buffer, passed on and never compared
public record RgbImage(int width, int height, byte[] samples) {

  /** Refuses a buffer of another size. */
  public RgbImage {
    if (width < 1 || height < 1 || samples.length != (long) width * height * 3) {
      throw new IllegalArgumentException(
          "an image of " + width + "x" + height + " with " + samples.length + " samples");
    }
  }

  /**
   * Gray is repeated in each colour; more than eight bits lose their low ones; alpha is dropped.
   */
  public static RgbImage of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] samples = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
    ColorModel colors = image.getColorModel();
    boolean gray = colors.getNumColorComponents() == 1 && image.getRaster().getNumBands() <= 2;
    if (gray && !(colors instanceof java.awt.image.IndexColorModel)) {
      // getRGB would take gray for linear light and brighten it.
      fillGray(image.getRaster(), colors.getComponentSize(0), samples);
    } else {
      fillColors(image, samples);
    }
    return new RgbImage(width, height, samples);
  }

  /** A copy of a rectangle that lies within the image. */
  public RgbImage part(int left, int top, int partWidth, int partHeight) {
    byte[] part = new byte[partWidth * partHeight * 3];
    for (int y = 0; y < partHeight; y++) {
      System.arraycopy(
          samples, ((top + y) * width + left) * 3, part, y * partWidth * 3, partWidth * 3);
    }
    return new RgbImage(partWidth, partHeight, part);
  }

  private static void fillGray(Raster raster, int bits, byte[] samples) {
    int width = raster.getWidth();
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int value : row) {
        byte eight = (byte) (bits > 8 ? value >>> (bits - 8) : value);
        samples[at++] = eight;
        samples[at++] = eight;
        samples[at++] = eight;
      }
    }
  }

  private static void fillColors(BufferedImage image, byte[] samples) {
    int width = image.getWidth();
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int argb : row) {
        samples[at++] = (byte) (argb >> 16);
        samples[at++] = (byte) (argb >> 8);
        samples[at++] = (byte) argb;
      }
    }
  }
}
