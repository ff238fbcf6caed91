package io.overread.vlm.evaluate;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** The risk-coverage curve, drawn. */
final class RiskCoveragePicture {

  private static final int WIDTH = 800;
  private static final int HEIGHT = 560;
  private static final int LEFT = 90;
  private static final int RIGHT = 30;
  private static final int TOP = 50;
  private static final int BOTTOM = 70;
  private static final int STEPS = 5;

  private final double highest;
  private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
  private final Graphics2D pen = image.createGraphics();

  private RiskCoveragePicture(double highest) {
    this.highest = highest;
  }

  /** A picture of 800 x 560 pixels. */
  static BufferedImage of(List<RiskCoverage.Kept> curve) {
    double most = curve.stream().mapToDouble(RiskCoverage.Kept::error).max().orElse(0);
    double highest = Math.max(0.05, Math.ceil(most * 20) / 20);
    RiskCoveragePicture picture = new RiskCoveragePicture(highest);
    picture.drawAxes();
    picture.drawCurve(curve);
    picture.pen.dispose();
    return picture.image;
  }

  private void drawAxes() {
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    for (int step = 0; step <= STEPS; step++) {
      double share = (double) step / STEPS;
      pen.setColor(new Color(0xdddddd));
      pen.drawLine(x(share), y(0), x(share), y(highest));
      pen.drawLine(x(0), y(share * highest), x(1), y(share * highest));
      pen.setColor(Color.DARK_GRAY);
      Lettering.draw(pen, percent(share), x(share) - 18, y(0) + 12, 2);
      Lettering.draw(pen, percent(share * highest), 20, y(share * highest) - 7, 2);
    }
    Lettering.draw(pen, "Share of yes/no answers kept, surest first", LEFT, HEIGHT - 30, 2);
    Lettering.draw(pen, "Wrong among those kept", 20, 18, 2);
  }

  private void drawCurve(List<RiskCoverage.Kept> curve) {
    if (curve.isEmpty()) {
      return;
    }
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setColor(new Color(0x1f5fa8));
    pen.setStroke(new BasicStroke(2.5f));
    Path2D line = new Path2D.Double();
    line.moveTo(x(curve.getFirst().coverage()), y(curve.getFirst().error()));
    curve.forEach(point -> line.lineTo(x(point.coverage()), y(point.error())));
    pen.draw(line);
  }

  private static String percent(double share) {
    return String.format(java.util.Locale.ROOT, "%.3g%%", share * 100).replaceAll("\\.0+%", "%");
  }

  private static int x(double coverage) {
    return (int) Math.round(LEFT + coverage * (WIDTH - LEFT - RIGHT));
  }

  private int y(double error) {
    return (int) Math.round(HEIGHT - BOTTOM - error / highest * (HEIGHT - TOP - BOTTOM));
  }
}
