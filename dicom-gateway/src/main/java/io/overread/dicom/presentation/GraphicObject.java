package io.overread.dicom.presentation;

import io.overread.dicom.presentation.Annotation.Point;
import io.overread.dicom.presentation.Annotation.Units;
import java.util.List;

/**
 * An item of the Graphic Object Sequence (0070,0009).
 *
 * @param filled Graphic Filled (0070,0024), for closed figures
 */
public record GraphicObject(Type type, Units units, boolean filled, List<Point> points) {
  /** Copies the list. */
  public GraphicObject {
    points = List.copyOf(points);
  }

  /** Graphic Type (0070,0023), with the number of points that it takes (C.10.5.1.2). */
  public enum Type {
    /** One place. */
    POINT(1, 1),
    /** Straight lines from point to point. */
    POLYLINE(2, Integer.MAX_VALUE),
    /** A smooth curve through the points. */
    INTERPOLATED(2, Integer.MAX_VALUE),
    /** The centre and a point on the circle. */
    CIRCLE(2, 2),
    /** The ends of the major axis, then of the minor one. */
    ELLIPSE(4, 4);

    private final int fewest;
    private final int most;

    Type(int fewest, int most) {
      this.fewest = fewest;
      this.most = most;
    }

    boolean takes(int points) {
      return points >= fewest && points <= most;
    }
  }
}
