package io.overread.gateway.render;

import io.overread.dicom.pixel.OverlayBitmap;
import io.overread.dicom.presentation.Annotation;
import io.overread.dicom.presentation.DisplayedArea;
import io.overread.dicom.presentation.SpatialTransformation;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/**
 * Where a state's image, overlays and annotations come together: the displayed area, turned as the
 * state has it, with square pixels. A large area is drawn smaller, so that what a state asks for
 * never decides how much memory is taken.
 */
final class PresentationCanvas {
  private static final int MOST_PIXELS = 1 << 24;
  private static final int LONGEST_SIDE = 1 << 13;

  private final BufferedImage picture;
  private final Graphics2D graphics;

  /** From places of the stored image, 0\0 at its top left corner, to the picture. */
  private final AffineTransform fromImage;

  PresentationCanvas(DisplayedArea area, SpatialTransformation spatial) {
    double ratio = area.pixelAspectRatio();
    double across = area.width() * Math.max(1, 1 / ratio);
    double down = area.height() * Math.max(1, ratio);
    double scale =
        Math.min(
            1,
            Math.min(
                Math.sqrt(MOST_PIXELS / (across * down)), LONGEST_SIDE / Math.max(across, down)));
    double width = Math.max(1, across * scale);
    double height = Math.max(1, down * scale);
    int columns = (int) Math.round(spatial.transposes() ? height : width);
    int rows = (int) Math.round(spatial.transposes() ? width : height);
    this.fromImage = new AffineTransform();
    if (spatial.flipped()) {
      fromImage.translate(columns, 0);
      fromImage.scale(-1, 1);
    }
    // About the middle, so that whatever is turned stays within the picture.
    fromImage.translate(columns / 2.0, rows / 2.0);
    fromImage.quadrantRotate(spatial.rotation() / 90);
    fromImage.translate(-width / 2, -height / 2);
    fromImage.scale(width / area.width(), height / area.height());
    fromImage.translate(1 - area.left(), 1 - area.top());
    this.picture = new BufferedImage(columns, rows, BufferedImage.TYPE_3BYTE_BGR);
    this.graphics = picture.createGraphics();
    boolean exact = scale == 1 && ratio == 1;
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        exact
            ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
            : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
  }

  void image(BufferedImage image) {
    graphics.drawImage(image, fromImage, null);
  }

  void overlay(OverlayBitmap bitmap, int rgb) {
    AffineTransform placed = new AffineTransform(fromImage);
    placed.translate(bitmap.left(), bitmap.top());
    graphics.drawImage(Images.mask(bitmap, rgb), placed, null);
  }

  void annotation(Annotation annotation, int rgb) {
    graphics.setColor(new Color(rgb));
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    AnnotationPainter painter =
        new AnnotationPainter(graphics, fromImage, picture.getWidth(), picture.getHeight());
    annotation.graphics().forEach(painter::graphic);
    annotation.texts().forEach(painter::text);
  }

  BufferedImage finish() {
    graphics.dispose();
    return picture;
  }
}
