package io.overread.gateway.render;

import io.overread.dicom.presentation.TextObject.Justification;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.geom.Point2D;
import java.util.List;
import java.util.Optional;

/** Writes the lines of a text object. Without any font on the machine nothing is written. */
final class TextPainter {
  private static final boolean FONTS = fonts();
  private static final int SMALLEST = 9;

  private final Graphics2D graphics;
  private final List<String> lines;
  private final int width;
  private final int height;
  private Optional<Point2D> start = Optional.empty();

  TextPainter(Graphics2D graphics, List<String> lines, int width, int height) {
    this.graphics = graphics;
    this.lines = lines;
    this.width = width;
    this.height = height;
  }

  /** Whether text can be written on this machine. */
  static boolean isPossible() {
    return FONTS;
  }

  /** A machine without fontconfig or fonts throws errors of several kinds on first use. */
  private static boolean fonts() {
    try {
      return GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length
          > 0;
    } catch (RuntimeException | LinkageError | InternalError none) {
      return false;
    }
  }

  /** Where the text that was written starts, for a line to its anchor. */
  Optional<Point2D> start() {
    return start;
  }

  /** Writes within a box that two opposite corners span, smaller rather than beyond its width. */
  void inBox(Point2D corner, Point2D opposite, Justification justification) {
    double left = Math.min(corner.getX(), opposite.getX());
    double top = Math.min(corner.getY(), opposite.getY());
    double boxWidth = Math.abs(corner.getX() - opposite.getX());
    double boxHeight = Math.abs(corner.getY() - opposite.getY());
    int size = lines.isEmpty() ? usual() : (int) Math.min(usual(), boxHeight / lines.size());
    write(left, top, Math.max(SMALLEST, size), boxWidth, justification);
  }

  /** Writes to the right of a place. */
  void at(Point2D place) {
    int size = usual();
    write(place.getX() + size, place.getY() - size, size, 0, Justification.LEFT);
  }

  private int usual() {
    return Math.max(SMALLEST, Math.max(width, height) / 40);
  }

  private void write(double left, double top, int size, double box, Justification justification) {
    start = Optional.of(new Point2D.Double(left, top + size / 2.0));
    if (!FONTS) {
      return;
    }
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
    FontMetrics metrics = graphics.getFontMetrics();
    double baseline = top + metrics.getAscent();
    for (String line : lines) {
      double spare = box - metrics.stringWidth(line);
      double shift =
          switch (justification) {
            case LEFT -> 0;
            case CENTER -> spare / 2;
            case RIGHT -> spare;
          };
      graphics.drawString(line, (float) (left + Math.max(0, shift)), (float) baseline);
      baseline += metrics.getHeight();
    }
  }
}
