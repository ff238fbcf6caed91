package io.overread.dicom.presentation;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.presentation.Annotation.Point;
import io.overread.dicom.presentation.Annotation.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads graphic annotations; what it can't follow it names. */
final class AnnotationReader {
  static final int MOST_OBJECTS = 2_000;
  private static final int MOST_POINTS = 20_000;
  private static final int MOST_LINES = 50;
  private static final int LONGEST_LINE = 200;

  private final Set<String> notApplied = new TreeSet<>();
  private int objects;

  /** What was left out of the annotations read so far. */
  Set<String> notApplied() {
    return notApplied;
  }

  Annotation read(DataSet item) {
    if (item.contains(Tag.CompoundGraphicSequence)) {
      notApplied.add("compound graphics");
    }
    List<GraphicObject> graphics = new ArrayList<>();
    for (DataSet object : item.items(Tag.GraphicObjectSequence)) {
      graphic(object).ifPresent(graphics::add);
    }
    List<TextObject> texts = new ArrayList<>();
    for (DataSet object : item.items(Tag.TextObjectSequence)) {
      text(object).ifPresent(texts::add);
    }
    return new Annotation(item.string(Tag.GraphicLayer).orElse(""), graphics, texts);
  }

  private Optional<GraphicObject> graphic(DataSet object) {
    Optional<Units> units = units(object, Tag.GraphicAnnotationUnits);
    List<Point> points = points(object, Tag.GraphicData);
    Optional<GraphicObject.Type> type =
        object
            .string(Tag.GraphicType)
            .flatMap(
                name ->
                    Arrays.stream(GraphicObject.Type.values())
                        .filter(known -> known.name().equals(name))
                        .findFirst());
    if (object.contains(Tag.LineStyleSequence) || object.contains(Tag.FillStyleSequence)) {
      notApplied.add("line and fill styles");
    }
    if (units.isEmpty() || type.isEmpty() || !type.get().takes(points.size()) || tooMany()) {
      notApplied.add("a graphic object of unknown type or form");
      return Optional.empty();
    }
    boolean filled = object.string(Tag.GraphicFilled).orElse("N").equals("Y");
    return Optional.of(new GraphicObject(type.get(), units.get(), filled, points));
  }

  private Optional<TextObject> text(DataSet object) {
    Optional<TextObject.Box> box = box(object);
    Optional<TextObject.Anchor> anchor = anchor(object);
    if (object.contains(Tag.TextStyleSequence)) {
      notApplied.add("text styles");
    }
    if ((box.isEmpty() && anchor.isEmpty()) || tooMany()) {
      notApplied.add("a text object without a place");
      return Optional.empty();
    }
    List<String> lines =
        object
            .string(Tag.UnformattedTextValue)
            .orElse("")
            .lines()
            .limit(MOST_LINES)
            .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line)
            .toList();
    return Optional.of(new TextObject(lines, box, anchor));
  }

  private Optional<TextObject.Box> box(DataSet object) {
    Optional<Units> units = units(object, Tag.BoundingBoxAnnotationUnits);
    List<Point> topLeft = points(object, Tag.BoundingBoxTopLeftHandCorner);
    List<Point> bottomRight = points(object, Tag.BoundingBoxBottomRightHandCorner);
    if (units.isEmpty() || topLeft.size() != 1 || bottomRight.size() != 1) {
      return Optional.empty();
    }
    var justification =
        switch (object.string(Tag.BoundingBoxTextHorizontalJustification).orElse("")) {
          case "RIGHT" -> TextObject.Justification.RIGHT;
          case "CENTER" -> TextObject.Justification.CENTER;
          default -> TextObject.Justification.LEFT;
        };
    return Optional.of(
        new TextObject.Box(units.get(), topLeft.getFirst(), bottomRight.getFirst(), justification));
  }

  private Optional<TextObject.Anchor> anchor(DataSet object) {
    Optional<Units> units = units(object, Tag.AnchorPointAnnotationUnits);
    List<Point> point = points(object, Tag.AnchorPoint);
    boolean visible = object.string(Tag.AnchorPointVisibility).orElse("N").equals("Y");
    return units.isPresent() && point.size() == 1
        ? Optional.of(new TextObject.Anchor(units.get(), point.getFirst(), visible))
        : Optional.empty();
  }

  /** MATRIX is for images of tiles (C.10.5.1.2.1), which grayscale states don't refer to. */
  private static Optional<Units> units(DataSet object, int tag) {
    return switch (object.string(tag).orElse("")) {
      case "PIXEL" -> Optional.of(Units.PIXEL);
      case "DISPLAY" -> Optional.of(Units.DISPLAY);
      default -> Optional.empty();
    };
  }

  private static List<Point> points(DataSet object, int tag) {
    double[] coordinates = object.decimals(tag);
    List<Point> points = new ArrayList<>();
    for (int at = 0; at + 1 < coordinates.length && points.size() < MOST_POINTS; at += 2) {
      if (!Double.isFinite(coordinates[at]) || !Double.isFinite(coordinates[at + 1])) {
        return List.of();
      }
      points.add(new Point(coordinates[at], coordinates[at + 1]));
    }
    return points;
  }

  private boolean tooMany() {
    return ++objects > MOST_OBJECTS;
  }
}
