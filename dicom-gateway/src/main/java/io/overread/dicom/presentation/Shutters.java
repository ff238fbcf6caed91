package io.overread.dicom.presentation;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import java.awt.Polygon;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The shutters of a state; a pixel that one of them hides is hidden.
 *
 * @param shapes rectangle, circle and polygon
 * @param overlayGroup the overlay whose marked pixels hide (BITMAP, PS3.3 C.7.6.15)
 * @param grey what is shown instead, 0 black to 255 white (Shutter Presentation Value)
 */
public record Shutters(List<Shutter> shapes, OptionalInt overlayGroup, int grey) {
  private static final int MOST_VERTICES = 10_000;

  /** Copies the list. */
  public Shutters {
    shapes = List.copyOf(shapes);
  }

  static Shutters read(DataSet dataSet) {
    List<Shutter> shapes = new ArrayList<>();
    OptionalInt overlay = OptionalInt.empty();
    for (String shape : dataSet.strings(Tag.ShutterShape)) {
      switch (shape) {
        case "RECTANGULAR" -> shapes.add(rectangle(dataSet));
        case "CIRCULAR" -> addCircle(dataSet, shapes);
        case "POLYGONAL" -> addPolygon(dataSet, shapes);
        case "BITMAP" -> overlay = dataSet.integer(Tag.ShutterOverlayGroup);
        default -> {
          // Named by NotApplied.
        }
      }
    }
    int value = dataSet.integer(Tag.ShutterPresentationValue).orElse(0);
    return new Shutters(shapes, overlay, (value & 0xffff) >> Byte.SIZE);
  }

  /** Whether nothing is hidden. */
  public boolean isEmpty() {
    return shapes.isEmpty() && overlayGroup.isEmpty();
  }

  private static Shutter rectangle(DataSet dataSet) {
    return new Shutter.Rectangular(
        dataSet.integer(Tag.ShutterLeftVerticalEdge).orElse(Integer.MIN_VALUE),
        dataSet.integer(Tag.ShutterRightVerticalEdge).orElse(Integer.MAX_VALUE),
        dataSet.integer(Tag.ShutterUpperHorizontalEdge).orElse(Integer.MIN_VALUE),
        dataSet.integer(Tag.ShutterLowerHorizontalEdge).orElse(Integer.MAX_VALUE));
  }

  private static void addCircle(DataSet dataSet, List<Shutter> shapes) {
    long[] center = dataSet.integers(Tag.CenterOfCircularShutter);
    OptionalInt radius = dataSet.integer(Tag.RadiusOfCircularShutter);
    if (center.length == 2 && radius.isPresent()) {
      shapes.add(new Shutter.Circular((int) center[0], (int) center[1], radius.getAsInt()));
    }
  }

  private static void addPolygon(DataSet dataSet, List<Shutter> shapes) {
    long[] vertices = dataSet.integers(Tag.VerticesOfThePolygonalShutter);
    if (vertices.length < 6 || vertices.length > 2 * MOST_VERTICES || vertices.length % 2 != 0) {
      return;
    }
    Polygon outline = new Polygon();
    for (int at = 0; at < vertices.length; at += 2) {
      outline.addPoint((int) vertices[at + 1], (int) vertices[at]);
    }
    shapes.add(new Shutter.Polygonal(outline));
  }
}
