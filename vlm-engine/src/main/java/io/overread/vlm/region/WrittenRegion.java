package io.overread.vlm.region;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A region that a model wrote into an answer. Places are relative to the image, 0..1 from its upper
 * left corner; a region has a width and a height.
 */
public sealed interface WrittenRegion {

  /** What the model calls it; empty where it gives no name. */
  String label();

  /** Its left edge. */
  double left();

  /** Its upper edge. */
  double top();

  /** Its right edge. */
  double right();

  /** Its lower edge. */
  double bottom();

  /** A box. */
  record Box(String label, double left, double top, double right, double bottom)
      implements WrittenRegion {}

  /**
   * An outline.
   *
   * @param points its corners in order, at least three
   */
  record Outline(String label, List<Point> points) implements WrittenRegion {
    /** Keeps its own copy. */
    public Outline {
      points = List.copyOf(points);
    }

    @Override
    public double left() {
      return least(Point::x);
    }

    @Override
    public double top() {
      return least(Point::y);
    }

    @Override
    public double right() {
      return -least(point -> -point.x());
    }

    @Override
    public double bottom() {
      return -least(point -> -point.y());
    }

    private double least(ToDoubleFunction<Point> of) {
      return points.stream().mapToDouble(of).min().orElse(0);
    }
  }

  /** A place on the image. */
  record Point(double x, double y) {}
}
