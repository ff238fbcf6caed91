package io.overread.gateway.render;

import io.overread.dicom.presentation.Annotation.Point;
import io.overread.dicom.presentation.Annotation.Units;
import io.overread.dicom.presentation.GraphicObject;
import io.overread.dicom.presentation.TextObject;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.List;

/** Draws graphic and text objects (PS3.3 C.10.5) in a picture's own pixels. */
final class AnnotationPainter {
  /** How far from its corner what is drawn may lie, in sizes of the picture. */
  private static final double REACH = 8;

  private final Graphics2D graphics;
  private final AffineTransform fromImage;
  private final int width;
  private final int height;
  private final float stroke;

  AnnotationPainter(Graphics2D graphics, AffineTransform fromImage, int width, int height) {
    this.graphics = graphics;
    this.fromImage = fromImage;
    this.width = width;
    this.height = height;
    this.stroke = Math.max(1, Math.max(width, height) / 512f);
  }

  void graphic(GraphicObject object) {
    graphics.setStroke(new BasicStroke(stroke, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    List<Point2D> points =
        object.points().stream().map(point -> place(object.units(), point)).toList();
    if (!points.stream().allMatch(this::isInReach)) {
      return;
    }
    Shape shape =
        switch (object.type()) {
          case POINT -> disc(points.getFirst(), 2 * stroke);
          case POLYLINE -> lines(points);
          case INTERPOLATED -> curve(points);
          case CIRCLE -> circle(object);
          case ELLIPSE -> ellipse(points);
        };
    if (object.filled() || object.type() == GraphicObject.Type.POINT) {
      graphics.fill(shape);
    }
    graphics.draw(shape);
  }

  /** The text, upright whatever was done to the image, with a line to its anchor. */
  void text(TextObject text) {
    TextPainter painter = new TextPainter(graphics, text.lines(), width, height);
    text.box()
        .ifPresentOrElse(
            box ->
                painter.inBox(
                    place(box.units(), box.topLeft()),
                    place(box.units(), box.bottomRight()),
                    box.justification()),
            () ->
                text.anchor()
                    .ifPresent(anchor -> painter.at(place(anchor.units(), anchor.point()))));
    text.anchor()
        .filter(TextObject.Anchor::visible)
        .filter(anchor -> isInReach(place(anchor.units(), anchor.point())))
        .ifPresent(
            anchor -> {
              graphics.setStroke(new BasicStroke(stroke));
              Point2D to = place(anchor.units(), anchor.point());
              painter.start().ifPresent(from -> graphics.draw(lines(List.of(from, to))));
              graphics.fill(disc(to, 2 * stroke));
            });
  }

  /** A curve that is a million times as large as the picture is flattened for a minute. */
  private boolean isInReach(Point2D point) {
    double reach = REACH * Math.max(width, height);
    return Math.abs(point.getX()) <= reach && Math.abs(point.getY()) <= reach;
  }

  private Point2D place(Units units, Point point) {
    return switch (units) {
      case PIXEL -> fromImage.transform(new Point2D.Double(point.x(), point.y()), null);
      case DISPLAY -> new Point2D.Double(point.x() * width, point.y() * height);
    };
  }

  private static Shape disc(Point2D center, double radius) {
    return new Ellipse2D.Double(
        center.getX() - radius, center.getY() - radius, 2 * radius, 2 * radius);
  }

  private static Path2D lines(List<Point2D> points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points.getFirst().getX(), points.getFirst().getY());
    points.stream().skip(1).forEach(point -> path.lineTo(point.getX(), point.getY()));
    return path;
  }

  /** Through all points, each with the direction from its neighbour to its neighbour. */
  private static Path2D curve(List<Point2D> points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points.getFirst().getX(), points.getFirst().getY());
    int last = points.size() - 1;
    for (int index = 0; index < last; index++) {
      Point2D before = points.get(Math.max(0, index - 1));
      Point2D from = points.get(index);
      Point2D to = points.get(index + 1);
      Point2D after = points.get(Math.min(last, index + 2));
      path.curveTo(
          from.getX() + (to.getX() - before.getX()) / 6,
          from.getY() + (to.getY() - before.getY()) / 6,
          to.getX() - (after.getX() - from.getX()) / 6,
          to.getY() - (after.getY() - from.getY()) / 6,
          to.getX(),
          to.getY());
    }
    return path;
  }

  /** Round in its own units; on the picture an ellipse where those aren't square. */
  private Shape circle(GraphicObject object) {
    Point center = object.points().get(0);
    Point on = object.points().get(1);
    double radius = Math.hypot(on.x() - center.x(), on.y() - center.y());
    Shape round = disc(new Point2D.Double(center.x(), center.y()), radius);
    return switch (object.units()) {
      case PIXEL -> fromImage.createTransformedShape(round);
      case DISPLAY -> AffineTransform.getScaleInstance(width, height).createTransformedShape(round);
    };
  }

  private static Shape ellipse(List<Point2D> ends) {
    double major = ends.get(0).distance(ends.get(1));
    double minor = ends.get(2).distance(ends.get(3));
    AffineTransform placed =
        AffineTransform.getTranslateInstance(
            (ends.get(0).getX() + ends.get(1).getX()) / 2,
            (ends.get(0).getY() + ends.get(1).getY()) / 2);
    placed.rotate(ends.get(1).getX() - ends.get(0).getX(), ends.get(1).getY() - ends.get(0).getY());
    return placed.createTransformedShape(
        new Ellipse2D.Double(-major / 2, -minor / 2, major, minor));
  }
}
