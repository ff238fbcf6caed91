package io.overread.gateway.deidentify;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for text in pixels (PS3.15 E.3.1): small, thin, sharp things of like height, brightness and
 * thickness that stand in a horizontal line, bright on dark or dark on bright, three letters at
 * least. It reads nothing. A marker such as L alone is left, and so is text that lies on its side,
 * that is written by hand, or whose capitals are lower than 6 pixels of 1536 or higher than a
 * twentieth of the image's longest edge. How often it is wrong is in the engine's README.
 */
public final class BurnedInText {

  /** As large as engines are sent images. */
  private static final int LONGEST_EDGE = 1536;

  /** In smaller planes what looks like a letter is anatomy. */
  private static final int LEAST_EDGE = 200;

  /** Half of the widest stroke. */
  private static final int REACH = 4;

  /** Writing on a changing ground hangs together at one contrast and falls apart at another. */
  private static final int[] CONTRASTS = {30, 45, 60, 80, 110, 150};

  /** More at one contrast is grain; to compare all of it would take minutes. */
  private static final int MOST_GLYPHS = 4_000;

  /** What is higher, in parts of the longest edge, is anatomy more often than writing. */
  private static final double HIGHEST = 0.055;

  private static final int HIGHEST_ON_SMALL_IMAGES = 12;

  private BurnedInText() {}

  /** Where text may be, with room around it; may overlap. */
  public static List<Area> in(BufferedImage image) {
    GrayPlane plane = GrayPlane.of(image);
    int scale = 1;
    while (Math.max(plane.width(), plane.height()) > LONGEST_EDGE) {
      plane = plane.halved();
      scale *= 2;
    }
    double highest =
        Math.max(HIGHEST_ON_SMALL_IMAGES, HIGHEST * Math.max(image.getWidth(), image.getHeight()));
    List<Area> areas = new ArrayList<>();
    do {
      for (GrayPlane each : List.of(plane, plane.inverted())) {
        for (Rectangle found : lines(each, highest / scale)) {
          areas.add(area(found, scale, image));
        }
      }
      plane = plane.halved();
      scale *= 2;
    } while (Math.max(plane.width(), plane.height()) >= LEAST_EDGE);
    return areas;
  }

  private static Area area(Rectangle found, int scale, BufferedImage image) {
    double width = image.getWidth();
    double height = image.getHeight();
    double left = Math.max(0, found.x * scale) / width;
    double top = Math.max(0, found.y * scale) / height;
    double right = Math.min(1, (found.x + found.width) * scale / width);
    double bottom = Math.min(1, (found.y + found.height) * scale / height);
    return new Area(left, top, right - left, bottom - top);
  }

  private static List<Rectangle> lines(GrayPlane plane, double highest) {
    GrayPlane strokes = plane.topHat(REACH);
    List<Marks> levels = new ArrayList<>();
    List<Glyph> all = new ArrayList<>();
    for (int contrast : CONTRASTS) {
      Marks marks = Marks.in(plane, strokes, contrast, highest);
      if (marks.glyphs().size() <= MOST_GLYPHS) {
        levels.add(marks);
        all.addAll(marks.glyphs());
      }
    }
    List<Rectangle> areas = new ArrayList<>();
    levels.forEach(level -> areas.addAll(TextLines.of(level, all)));
    return areas;
  }
}
