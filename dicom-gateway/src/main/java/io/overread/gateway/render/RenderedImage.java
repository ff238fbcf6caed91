package io.overread.gateway.render;

import io.overread.dicom.pixel.FrameGeometry;
import io.overread.dicom.pixel.FrameRaster;
import io.overread.dicom.pixel.PixelSpacing;
import io.overread.dicom.pixel.Window;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * A frame as it is looked at, at its full resolution.
 *
 * @param image either one band of 8 bits, 0 black to 255 white, or three bands red, green and blue.
 *     The grey one has a palette of 256 greys, so that {@code getRGB}, drawing and writing it give
 *     the same grey as its raster; Java's own TYPE_BYTE_GRAY is linear light and gives brighter
 *     ones
 * @param window the window that was applied; empty for colour, and where a VOI LUT was applied
 * @param geometry how large its pixels are, and where it lies
 */
public record RenderedImage(BufferedImage image, Optional<Window> window, FrameGeometry geometry)
    implements Rendering {

  /** Size of a pixel, if known. */
  public Optional<PixelSpacing> spacing() {
    return geometry.spacing();
  }

  /** Height of a pixel divided by its width. */
  public double pixelAspectRatio() {
    return geometry.pixelAspectRatio();
  }

  /** This with another, partly clear picture of the same frame over it. */
  public RenderedImage under(RenderedImage other) {
    var both = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = both.createGraphics();
    graphics.drawImage(image, 0, 0, null);
    graphics.drawImage(other.image(), 0, 0, null);
    graphics.dispose();
    return new RenderedImage(both, window, geometry);
  }

  /** Red, green and blue for a viewer that has nothing left to do. */
  public FramePixels toPixels() {
    int width = image.getWidth();
    byte[] octets = new byte[width * image.getHeight() * 3];
    int[] line = new int[width];
    int at = 0;
    for (int row = 0; row < image.getHeight(); row++) {
      image.getRGB(0, row, width, 1, line, 0, width);
      for (int rgb : line) {
        octets[at++] = (byte) (rgb >> 16);
        octets[at++] = (byte) (rgb >> 8);
        octets[at++] = (byte) rgb;
      }
    }
    var raster = new FrameRaster(image.getHeight(), width, 3, Byte.SIZE, false, octets);
    return FramePixels.finished(raster, geometry, false);
  }
}
