package io.overread.gateway.deidentify;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Glyphs that stand beside each other as letters of a line do. Lengths are in heights of theirs.
 */
final class TextLines {

  private static final double GAP = 1;
  private static final double GAP_OF_WORDS = 2.2;
  private static final double OFF_LINE = 0.3;
  private static final double HIGHER = 2;
  private static final double THICKER = 2.2;
  private static final int BRIGHTER = 35;
  private static final double LEAST_LETTERS = 3;

  /** Of a line that is next to one of more. */
  private static final double FEWEST_LETTERS = 2;

  private static final double BLOCK_BESIDE = 3;
  private static final double BLOCK_ABOVE = 1.5;
  private static final double SPREAD_OF_BRIGHTNESS = 25;
  private static final double LEAST_WIDTH = 1.2;
  private static final double MOST_HEIGHT = 1.7;

  /** In grain everything is small and thin: more of it lies between what looks like letters. */
  private static final double CLUTTER_OF_A_LETTER = 0.7;

  private static final double ROOM_BESIDE = 1.5;
  private static final double ROOM_ABOVE = 0.4;

  private final List<Glyph> glyphs;
  private final int[] group;

  private TextLines(List<Glyph> glyphs) {
    this.glyphs = glyphs.stream().sorted(Comparator.comparingInt(each -> each.bounds().x)).toList();
    this.group = new int[glyphs.size()];
    for (int i = 0; i < group.length; i++) {
      group[i] = i;
    }
  }

  /**
   * The areas of the lines among marks of one contrast, with room for letters that were not found.
   *
   * @param beside glyphs of all contrasts, which may belong to a line that was found
   */
  static List<Rectangle> of(Marks marks, List<Glyph> beside) {
    TextLines lines = new TextLines(marks.glyphs());
    lines.join();
    List<Line> found = new ArrayList<>();
    List<Line> fewer = new ArrayList<>();
    for (List<Glyph> members : lines.groups()) {
      Line line = Line.of(members);
      if (line.isEven() && !line.isInClutter(marks)) {
        (line.letters() >= LEAST_LETTERS ? found : fewer).add(line);
      }
    }
    // A block of them is followed line by line.
    for (int i = 0; i < found.size(); i++) {
      Line line = found.get(i);
      List<Line> near = fewer.stream().filter(line::isBeside).toList();
      found.addAll(near);
      fewer.removeAll(near);
    }
    return found.stream().map(line -> line.with(beside)).toList();
  }

  private void join() {
    int widest = glyphs.stream().mapToInt(each -> each.bounds().width).max().orElse(0);
    int farthest = widest + (int) Math.ceil(GAP * Glyph.HIGHEST);
    for (int i = 0; i < group.length; i++) {
      int from = glyphs.get(i).bounds().x;
      for (int j = i + 1; j < group.length && glyphs.get(j).bounds().x - from <= farthest; j++) {
        if (neighbours(glyphs.get(i), glyphs.get(j))) {
          group[root(j)] = root(i);
        }
      }
    }
  }

  private int root(int member) {
    int at = member;
    while (group[at] != at) {
      group[at] = group[group[at]];
      at = group[at];
    }
    return at;
  }

  private List<List<Glyph>> groups() {
    List<List<Glyph>> groups = new ArrayList<>();
    for (int i = 0; i < group.length; i++) {
      groups.add(new ArrayList<>());
    }
    for (int i = 0; i < group.length; i++) {
      groups.get(root(i)).add(glyphs.get(i));
    }
    groups.removeIf(List::isEmpty);
    return groups;
  }

  private static boolean neighbours(Glyph one, Glyph other) {
    Rectangle a = one.bounds();
    Rectangle b = other.bounds();
    int lower = Math.min(a.height, b.height);
    int higher = Math.max(a.height, b.height);
    double off = Math.max(1, OFF_LINE * higher);
    double thicker = Math.max(one.thickness(), other.thickness());
    return higher <= HIGHER * lower
        && gap(a, b) <= GAP * higher
        && overlap(a, b) >= 0.5 * lower
        // Letters have their feet on one line or their heads, but for g, p and comma.
        && (Math.abs(a.y - b.y) <= off || Math.abs(a.y + a.height - b.y - b.height) <= off)
        && Math.abs(one.brightness() - other.brightness()) <= BRIGHTER
        && thicker <= THICKER * Math.min(one.thickness(), other.thickness());
  }

  private static int gap(Rectangle a, Rectangle b) {
    return Math.max(a.x, b.x) - Math.min(a.x + a.width, b.x + b.width);
  }

  private static int overlap(Rectangle a, Rectangle b) {
    return Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  }

  /** Glyphs in a row. */
  private record Line(List<Glyph> glyphs, Rectangle bounds, int height, double letters) {

    static Line of(List<Glyph> glyphs) {
      Rectangle bounds = new Rectangle(glyphs.getFirst().bounds());
      int height = 0;
      double letters = 0;
      for (Glyph glyph : glyphs) {
        bounds.add(glyph.bounds());
        height = Math.max(height, glyph.bounds().height);
        letters += glyph.letters();
      }
      return new Line(glyphs, bounds, height, letters);
    }

    /** Whether it is as wide and even as writing of two letters is at least. */
    boolean isEven() {
      double mean = glyphs.stream().mapToInt(Glyph::brightness).average().orElse(0);
      double variance =
          glyphs.stream()
              .mapToDouble(each -> (each.brightness() - mean) * (each.brightness() - mean))
              .average()
              .orElse(0);
      return letters >= FEWEST_LETTERS
          && Math.sqrt(variance) <= SPREAD_OF_BRIGHTNESS
          && bounds.width >= LEAST_WIDTH * height
          && bounds.height <= MOST_HEIGHT * height;
    }

    /** Whether the other one is of the same block: of like height, next above or below. */
    boolean isBeside(Line other) {
      Rectangle around = new Rectangle(bounds);
      around.grow((int) (BLOCK_BESIDE * height), (int) (BLOCK_ABOVE * height));
      return around.intersects(other.bounds)
          && Math.max(height, other.height) <= 1.4 * Math.min(height, other.height);
    }

    boolean isInClutter(Marks marks) {
      long others =
          marks.glyphs().stream()
                  .map(Glyph::bounds)
                  .filter(each -> bounds.contains(each.getCenterX(), each.getCenterY()))
                  .count()
              - glyphs.size();
      long specks = marks.specks().stream().filter(bounds::contains).count();
      return others + specks > CLUTTER_OF_A_LETTER * letters;
    }

    /** The area with all beside it that may be a word of the same line. */
    Rectangle with(List<Glyph> beside) {
      Rectangle all = new Rectangle(bounds);
      boolean grew = true;
      while (grew) {
        grew = false;
        for (Glyph glyph : beside) {
          Rectangle next = glyph.bounds();
          if (!all.contains(next)
              && next.height <= 1.3 * height
              && overlap(all, next) >= 0.7 * next.height
              && gap(all, next) <= GAP_OF_WORDS * height) {
            all.add(next);
            grew = true;
          }
        }
      }
      all.grow((int) Math.ceil(ROOM_BESIDE * height), (int) Math.ceil(ROOM_ABOVE * height));
      return all;
    }
  }
}
