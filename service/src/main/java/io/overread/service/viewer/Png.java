package io.overread.service.viewer;

import io.overread.gateway.render.RenderedImage;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Pictures as PNG. */
final class Png {
  private static final int SMALLEST_SIZE = 16;
  private static final double LARGEST_RATIO = 20;

  private Png() {}

  /** As it is. */
  static byte[] of(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  /**
   * With square pixels (PS3.3 C.7.6.3.1.7).
   *
   * @param size of the longer side, at most
   */
  static byte[] of(RenderedImage rendered, @Nullable Integer size) throws IOException {
    BufferedImage image = rendered.image();
    double ratio = rendered.pixelAspectRatio();
    double usable = Math.clamp(ratio, 1 / LARGEST_RATIO, LARGEST_RATIO);
    double width = image.getWidth() * Math.max(1, 1 / usable);
    double height = image.getHeight() * Math.max(1, usable);
    double longest = Math.max(width, height);
    // What is stretched doesn't become larger than the longer side of what is stored.
    double most = Math.max(image.getWidth(), image.getHeight());
    double wanted = size == null || size < SMALLEST_SIZE ? most : Math.min(size, most);
    double scale = Math.min(1, wanted / longest);
    return of(scaled(image, rounded(width * scale), rounded(height * scale)));
  }

  private static int rounded(double length) {
    return Math.max(1, (int) Math.round(length));
  }

  private static BufferedImage scaled(BufferedImage image, int width, int height) {
    if (width == image.getWidth() && height == image.getHeight()) {
      return image;
    }
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return small;
  }
}
