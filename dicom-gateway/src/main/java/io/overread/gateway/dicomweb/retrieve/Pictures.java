package io.overread.gateway.dicomweb.retrieve;

import io.overread.gateway.dicomweb.DicomwebProblem;
import io.overread.gateway.dicomweb.retrieve.RenderOptions.Source;
import io.overread.gateway.dicomweb.retrieve.RenderOptions.Viewport;
import io.overread.gateway.render.RenderedImage;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Makes files of rendered frames. */
final class Pictures {

  static final String JPEG = "image/jpeg";
  static final String PNG = "image/png";

  private Pictures() {}

  static byte[] encode(RenderedImage rendered, RenderOptions options, String mediaType)
      throws IOException {
    BufferedImage fitted = fitted(rendered, options.viewport());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (mediaType.equals(PNG)) {
      ImageIO.write(fitted, "png", out);
    } else {
      jpeg(fitted, options.quality(), out);
    }
    return out.toByteArray();
  }

  private static void jpeg(BufferedImage image, int quality, ByteArrayOutputStream out)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(quality / 100f);
      writer.write(null, new IIOImage(plain(image), null, null), parameters);
    } finally {
      writer.dispose();
    }
  }

  /** JPEG knows no palettes: the greys themselves. */
  private static BufferedImage plain(BufferedImage image) {
    if (image.getRaster().getNumBands() > 1) {
      return image;
    }
    BufferedImage gray =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    gray.getRaster().setRect(image.getRaster());
    return gray;
  }

  /** As large as the viewport lets it be, its proportions kept (8.3.5.1.3). */
  private static BufferedImage fitted(RenderedImage rendered, @Nullable Viewport viewport) {
    BufferedImage image = rendered.image();
    if (viewport == null) {
      return image;
    }
    Source source = within(image, viewport.source());
    double height = source.height() * rendered.pixelAspectRatio();
    double scale = Math.min(viewport.width() / (double) source.width(), viewport.height() / height);
    int across = Math.clamp(Math.round(source.width() * scale), 1, viewport.width());
    int down = Math.clamp(Math.round(height * scale), 1, viewport.height());
    BufferedImage fitted = new BufferedImage(across, down, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = fitted.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(
        image,
        0,
        0,
        across,
        down,
        source.x(),
        source.y(),
        source.x() + source.width(),
        source.y() + source.height(),
        null);
    graphics.dispose();
    return fitted;
  }

  private static Source within(BufferedImage image, @Nullable Source source) {
    if (source == null) {
      return new Source(0, 0, image.getWidth(), image.getHeight());
    }
    int width = Math.min(source.width(), image.getWidth() - source.x());
    int height = Math.min(source.height(), image.getHeight() - source.y());
    if (width < 1 || height < 1) {
      throw DicomwebProblem.badRequest("The viewport shows nothing of the image.");
    }
    return new Source(source.x(), source.y(), width, height);
  }
}
