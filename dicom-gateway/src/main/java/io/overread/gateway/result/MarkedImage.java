package io.overread.gateway.result;

import io.overread.gateway.render.RenderedImage;
import io.overread.gateway.result.ReportToDeliver.Finding;
import io.overread.gateway.result.ReportToDeliver.Point;
import io.overread.gateway.result.ReportToDeliver.Presence;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The image that was read with the regions outlined on it and, above and below, what it is and what
 * was found: nothing of it covers the image.
 */
final class MarkedImage {

  /** Longest side in pixels: enough to look at, and bounded whatever the source is. */
  private static final double LONGEST_SIDE = 1600;

  private static final double SHORTEST_SIDE = 512;
  private static final Color OUTLINE = new Color(255, 196, 0);

  private final double scaleX;
  private final double scaleY;
  private final int width;
  private final int height;
  private final double size;

  private MarkedImage(RenderedImage source) {
    int columns = source.image().getWidth();
    double rows = source.image().getHeight() * source.pixelAspectRatio();
    double longest = Math.max(columns, rows);
    double scale = Math.clamp(1.0, SHORTEST_SIDE / longest, LONGEST_SIDE / longest);
    this.scaleX = scale;
    this.scaleY = scale * source.pixelAspectRatio();
    this.width = Math.max(1, (int) Math.round(columns * scale));
    this.height = Math.max(1, (int) Math.round(rows * scale));
    this.size = Math.max(14, Math.max(width, height) / 40.0);
  }

  /**
   * Draws it.
   *
   * @param notices lines above the image
   * @param findings those that are present are listed below it, and outlined where they have a
   *     region
   */
  static BufferedImage draw(RenderedImage source, List<String> notices, List<Finding> findings)
      throws IOException {
    return new MarkedImage(source).draw(source.image(), notices, findings);
  }

  private BufferedImage draw(BufferedImage image, List<String> notices, List<Finding> findings)
      throws IOException {
    List<Finding> present =
        findings.stream().filter(each -> each.score().presence() == Presence.PRESENT).toList();
    double line = size * 1.4;
    int top = (int) Math.ceil(line * notices.size() + size * 0.6);
    int bottom = (int) Math.ceil(line * Math.max(1, present.size()) + size * 0.6);
    int across = (int) Math.max(width, SHORTEST_SIDE);
    var canvas = new BufferedImage(across, top + height + bottom, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = canvas.createGraphics();
    try (OutlineText text = new OutlineText()) {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(image, 0, top, width, height, null);
      outline(graphics, top, present);
      graphics.setColor(OUTLINE);
      for (int i = 0; i < notices.size(); i++) {
        fit(graphics, text, notices.get(i), line * (i + 1), across);
      }
      graphics.setColor(Color.WHITE);
      List<String> lines =
          present.isEmpty()
              ? List.of("The model calls no finding present.")
              : present.stream().map(MarkedImage::line).toList();
      for (int i = 0; i < lines.size(); i++) {
        fit(graphics, text, lines.get(i), top + height + line * (i + 1), across);
      }
    } finally {
      graphics.dispose();
    }
    return canvas;
  }

  private void outline(Graphics2D graphics, int top, List<Finding> findings) {
    graphics.setColor(OUTLINE);
    graphics.setStroke(new BasicStroke((float) Math.max(2, size / 8)));
    for (Finding finding : findings) {
      if (!finding.image().region().isEmpty()) {
        Path2D path = new Path2D.Double();
        for (Point point : finding.image().region()) {
          double x = point.column() * scaleX;
          double y = top + point.row() * scaleY;
          if (path.getCurrentPoint() == null) {
            path.moveTo(x, y);
          } else {
            path.lineTo(x, y);
          }
        }
        path.closePath();
        graphics.draw(path);
      }
    }
  }

  /** In smaller letters rather than cut off. */
  private void fit(Graphics2D graphics, OutlineText text, String line, double y, int across)
      throws IOException {
    double room = across - size;
    double wide = text.width(line, size);
    text.draw(graphics, line, size / 2, y, wide <= room ? size : size * room / wide);
  }

  private static String line(Finding finding) {
    Double probability = finding.score().probability();
    return probability == null
        ? finding.name()
        : String.format(Locale.ROOT, "%s %.0f %%", finding.name(), probability * 100);
  }
}
