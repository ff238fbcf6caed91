package io.overread.vlm.region;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Takes regions as a model writes them and keeps those that are places on an image. What a model
 * writes may be made up or made by others: numbers, names and counts are bounded here.
 */
public final class RegionCollector {

  private static final int MOST_REGIONS = 100;
  private static final int MOST_POINTS = 1_000;
  private static final int LONGEST_LABEL = 200;

  /** Models write edges a little beyond the image's; what is farther out is no place on it. */
  private static final double BEYOND = 0.05;

  private final List<WrittenRegion> regions = new ArrayList<>();

  /** A box by its corners. */
  public void box(String label, double left, double top, double right, double bottom) {
    if (isNear(left) && isNear(top) && isNear(right) && isNear(bottom)) {
      keep(
          new WrittenRegion.Box(
              plain(label), clamped(left), clamped(top), clamped(right), clamped(bottom)));
    }
  }

  /** An outline by its corners. */
  public void outline(String label, List<WrittenRegion.Point> points) {
    if (points.size() >= 3
        && points.size() <= MOST_POINTS
        && points.stream().allMatch(point -> isNear(point.x()) && isNear(point.y()))) {
      keep(
          new WrittenRegion.Outline(
              plain(label),
              points.stream()
                  .map(point -> new WrittenRegion.Point(clamped(point.x()), clamped(point.y())))
                  .toList()));
    }
  }

  /** A region of another image, its places moved onto this one. */
  public void moved(WrittenRegion region, UnaryOperator<WrittenRegion.Point> place) {
    switch (region) {
      case WrittenRegion.Box(
              String label,
              double left,
              double top,
              double right,
              double bottom) -> {
        WrittenRegion.Point first = place.apply(new WrittenRegion.Point(left, top));
        WrittenRegion.Point last = place.apply(new WrittenRegion.Point(right, bottom));
        // What reaches into a border that was laid around the image ends at the image's edge.
        box(label, clamped(first.x()), clamped(first.y()), clamped(last.x()), clamped(last.y()));
      }
      case WrittenRegion.Outline(String label, List<WrittenRegion.Point> points) ->
          outline(
              label,
              points.stream()
                  .map(place)
                  .map(point -> new WrittenRegion.Point(clamped(point.x()), clamped(point.y())))
                  .toList());
    }
  }

  /** Those that were kept. */
  public List<WrittenRegion> regions() {
    return List.copyOf(regions);
  }

  private void keep(WrittenRegion region) {
    if (region.left() < region.right()
        && region.top() < region.bottom()
        && regions.size() < MOST_REGIONS) {
      regions.add(region);
    }
  }

  private static boolean isNear(double place) {
    return place >= -BEYOND && place <= 1 + BEYOND;
  }

  private static double clamped(double place) {
    return Math.clamp(place, 0, 1);
  }

  private static String plain(String label) {
    StringBuilder plain = new StringBuilder();
    label
        .codePoints()
        .map(each -> Character.isISOControl(each) || Character.isWhitespace(each) ? ' ' : each)
        .limit(LONGEST_LABEL)
        .forEach(plain::appendCodePoint);
    return plain.toString().strip();
  }
}
