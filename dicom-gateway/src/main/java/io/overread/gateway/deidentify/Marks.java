package io.overread.gateway.deidentify;

import java.awt.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands out of a plane by at least some contrast.
 *
 * @param glyphs what may be writing
 * @param specks a pixel of each thing that is not
 */
record Marks(List<Glyph> glyphs, List<Point> specks) {

  /** At least so much a thing stands out somewhere, or nobody could read it. */
  private static final int READABLE = 60;

  /** The least step at its edges, in parts of its contrast: writing is sharp, anatomy is not. */
  private static final double SHARPNESS = 0.4;

  /**
   * Finds it.
   *
   * @param strokes the plane's top-hat
   * @param contrast the least value in it of each pixel of a mark
   * @param highest the most that a glyph is high
   */
  static Marks in(GrayPlane plane, GrayPlane strokes, int contrast, double highest) {
    Marks marks = new Marks(new ArrayList<>(), new ArrayList<>());
    int[] values = strokes.values();
    boolean[] seen = new boolean[values.length];
    int[] found = new int[values.length];
    for (int start = 0; start < values.length; start++) {
      if (!seen[start] && values[start] >= contrast) {
        int count = component(strokes, start, contrast, seen, found);
        Glyph glyph =
            standsOut(plane, strokes, found, count) ? Glyph.of(plane, found, count) : null;
        if (glyph != null && glyph.bounds().height <= highest) {
          marks.glyphs.add(glyph);
        } else if (count > 1) {
          int middle = found[count / 2];
          marks.specks.add(new Point(middle % plane.width(), middle / plane.width()));
        }
      }
    }
    return marks;
  }

  /** Collects the pixels that hang together with one, by corners too; how many. */
  private static int component(
      GrayPlane strokes, int start, int contrast, boolean[] seen, int[] found) {
    int count = 1;
    found[0] = start;
    seen[start] = true;
    int width = strokes.width();
    for (int next = 0; next < count; next++) {
      int x = found[next] % width;
      int y = found[next] / width;
      for (int ny = Math.max(0, y - 1); ny <= Math.min(strokes.height() - 1, y + 1); ny++) {
        for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          int at = ny * width + nx;
          if (!seen[at] && strokes.values()[at] >= contrast) {
            seen[at] = true;
            found[count++] = at;
          }
        }
      }
    }
    return count;
  }

  private static boolean standsOut(GrayPlane plane, GrayPlane strokes, int[] pixels, int count) {
    int most = 0;
    long steps = 0;
    for (int i = 0; i < count; i++) {
      most = Math.max(most, strokes.values()[pixels[i]]);
      steps += steepest(plane, pixels[i] % plane.width(), pixels[i] / plane.width());
    }
    return most >= READABLE && (double) steps / count >= SHARPNESS * most;
  }

  /** The largest step down at a pixel or beside it, away from it. */
  private static int steepest(GrayPlane plane, int x, int y) {
    int steepest = 0;
    for (int beside = 0; beside < 2; beside++) {
      steepest = Math.max(steepest, step(plane, x - beside, y, -1, 0));
      steepest = Math.max(steepest, step(plane, x + beside, y, 1, 0));
      steepest = Math.max(steepest, step(plane, x, y - beside, 0, -1));
      steepest = Math.max(steepest, step(plane, x, y + beside, 0, 1));
    }
    return steepest;
  }

  private static int step(GrayPlane plane, int x, int y, int dx, int dy) {
    return plane.has(x, y) && plane.has(x + dx, y + dy)
        ? plane.at(x, y) - plane.at(x + dx, y + dy)
        : 0;
  }
}
