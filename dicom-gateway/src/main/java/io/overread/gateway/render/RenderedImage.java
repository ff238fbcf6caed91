package io.overread.gateway.render;

import io.overread.dicom.pixel.FrameGeometry;
import io.overread.dicom.pixel.PixelSpacing;
import io.overread.dicom.pixel.Window;
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
public record RenderedImage(
    BufferedImage image, Optional<Window> window, FrameGeometry geometry)
    implements Rendering {

  /** Size of a pixel, if known. */
  public Optional<PixelSpacing> spacing() {
    return geometry.spacing();
  }

  /** Height of a pixel divided by its width. */
  public double pixelAspectRatio() {
    return geometry.pixelAspectRatio();
  }
}
