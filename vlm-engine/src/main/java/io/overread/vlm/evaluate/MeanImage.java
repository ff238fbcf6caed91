package io.overread.vlm.evaluate;

import io.overread.vlm.image.RgbImage;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.IntBinaryOperator;

/** What many images look like on average. */
final class MeanImage {

  private MeanImage() {}

  /** A square gray image, each image stretched to it by its nearest pixels. */
  static BufferedImage of(List<BufferedImage> images, int edge) {
    long[] sums = new long[edge * edge];
    for (BufferedImage image : images) {
      RgbImage pixels = RgbImage.of(image);
      for (int i = 0; i < sums.length; i++) {
        int x = i % edge * pixels.width() / edge;
        int y = i / edge * pixels.height() / edge;
        sums[i] += pixels.samples()[(y * pixels.width() + x) * 3 + 1] & 255;
      }
    }
    return gray(edge, (x, y) -> (int) (sums[y * edge + x] / images.size()));
  }

  static BufferedImage gray(int edge, IntBinaryOperator value) {
    BufferedImage image = new BufferedImage(edge, edge, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < edge; y++) {
      for (int x = 0; x < edge; x++) {
        image.getRaster().setSample(x, y, 0, value.applyAsInt(x, y));
      }
    }
    return image;
  }
}
