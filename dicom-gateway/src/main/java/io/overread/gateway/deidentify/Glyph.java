package io.overread.gateway.deidentify;

import java.awt.Rectangle;
import org.jspecify.annotations.Nullable;

/**
 * What may be a letter, a digit or several that touch: a small structure of thin strokes.
 *
 * @param bounds in pixels of its plane
 * @param brightness of its brightest pixel
 * @param thickness of its strokes, in pixels
 * @param letters how many it may be, by its width and by how many strokes lie beside each other
 */
record Glyph(Rectangle bounds, int brightness, double thickness, double letters) {

  /** What is lower can't be read, what is higher is found in a smaller plane. */
  static final int LOWEST = 6;

  static final int HIGHEST = 30;

  /** Widths of letters that touch, in heights. */
  private static final int WIDEST = 14;

  private static final double THICKEST = 0.42;
  private static final double BLURRED = 3;
  private static final double LETTER_WIDTH = 0.9;
  private static final double STROKES_OF_A_LETTER = 1.4;

  /**
   * Measures pixels that hang together.
   *
   * @param pixels their places, row by row, of which the first {@code count} are meant
   * @return null if it is too large, too small or too thick for writing
   */
  static @Nullable Glyph of(GrayPlane plane, int[] pixels, int count) {
    int width = plane.width();
    Rectangle bounds = new Rectangle(-1, -1);
    int brightness = 0;
    for (int i = 0; i < count; i++) {
      bounds.add(new Rectangle(pixels[i] % width, pixels[i] / width, 1, 1));
      brightness = Math.max(brightness, plane.values()[pixels[i]]);
    }
    if (bounds.height < LOWEST
        || bounds.height > HIGHEST
        || bounds.width > WIDEST * bounds.height) {
      return null;
    }
    boolean[] mask = new boolean[bounds.width * bounds.height];
    for (int i = 0; i < count; i++) {
      int x = pixels[i] % width - bounds.x;
      int y = pixels[i] / width - bounds.y;
      mask[y * bounds.width + x] = true;
    }
    int across = strokes(mask, bounds.width, 1);
    int down = strokes(mask, bounds.width, bounds.width);
    double thickness = (double) count / Math.max(across, down);
    if (thickness > Math.max(THICKEST * bounds.height, BLURRED)) {
      return null;
    }
    double byWidth = bounds.width / (LETTER_WIDTH * bounds.height);
    double byStrokes = across / (STROKES_OF_A_LETTER * bounds.height);
    return new Glyph(bounds, brightness, thickness, Math.max(1, Math.min(byWidth, byStrokes)));
  }

  /** Strokes that are met along all rows, or along all columns where a step is a row's width. */
  private static int strokes(boolean[] mask, int width, int step) {
    int strokes = 0;
    for (int i = 0; i < mask.length; i++) {
      boolean first = step == 1 ? i % width == 0 : i < width;
      if (mask[i] && (first || !mask[i - step])) {
        strokes++;
      }
    }
    return strokes;
  }
}
