package io.overread.vlm.finding;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Where on an image the model sees a finding, as the map of its response over a grid laid on the
 * whole image. It says where the finding would be, not that it is there: that is the finding's
 * probability.
 */
public final class FindingRegion {

  /** The box holds the cells with at least this share of the highest response. */
  private static final double BOX_SHARE = 0.5;

  private final int grid;
  private final float[] map;
  private final int peakCell;

  private FindingRegion(int grid, float[] map, int peakCell) {
    this.grid = grid;
    this.map = map;
    this.peakCell = peakCell;
  }

  /**
   * The region of a map; empty where nothing responds.
   *
   * @param grid cells along each edge, at least 1
   * @param map grid x grid numbers, none negative, row after row from the top left; copied
   */
  public static Optional<FindingRegion> of(int grid, float[] map) {
    if (grid < 1 || map.length != grid * grid) {
      throw new IllegalArgumentException(map.length + " numbers for a grid of " + grid);
    }
    int peak = 0;
    for (int cell = 1; cell < map.length; cell++) {
      if (map[cell] > map[peak]) {
        peak = cell;
      }
    }
    return map[peak] > 0
        ? Optional.of(new FindingRegion(grid, map.clone(), peak))
        : Optional.empty();
  }

  /** Cells along each edge of the map. */
  public int grid() {
    return grid;
  }

  /** A copy of the map, grid x grid numbers, row after row from the top left. */
  public float[] map() {
    return map.clone();
  }

  /**
   * The point of highest response: the cell with the largest value, moved to the response-weighted
   * mean of its neighbourhood of 3 x 3 cells, so that it is finer than the grid.
   */
  public Point peak() {
    int row = peakCell / grid;
    int column = peakCell % grid;
    double sum = 0;
    double x = 0;
    double y = 0;
    for (int r = Math.max(0, row - 1); r <= Math.min(grid - 1, row + 1); r++) {
      for (int c = Math.max(0, column - 1); c <= Math.min(grid - 1, column + 1); c++) {
        double value = map[r * grid + c];
        sum += value;
        x += value * (c + 0.5);
        y += value * (r + 0.5);
      }
    }
    return new Point(x / sum / grid, y / sum / grid);
  }

  /** The smallest box around the cells that hang together with the peak at half its value. */
  public Box box() {
    boolean[] reached = new boolean[map.length];
    Deque<Integer> open = new ArrayDeque<>();
    open.add(peakCell);
    reached[peakCell] = true;
    int left = peakCell % grid;
    int right = left;
    int top = peakCell / grid;
    int bottom = top;
    while (!open.isEmpty()) {
      int cell = open.remove();
      int row = cell / grid;
      int column = cell % grid;
      left = Math.min(left, column);
      right = Math.max(right, column);
      top = Math.min(top, row);
      bottom = Math.max(bottom, row);
      reach(row - 1, column, reached, open);
      reach(row + 1, column, reached, open);
      reach(row, column - 1, reached, open);
      reach(row, column + 1, reached, open);
    }
    double edge = grid;
    return new Box(left / edge, top / edge, (right - left + 1) / edge, (bottom - top + 1) / edge);
  }

  private void reach(int row, int column, boolean[] reached, Deque<Integer> open) {
    if (row < 0 || row >= grid || column < 0 || column >= grid) {
      return;
    }
    int cell = row * grid + column;
    if (!reached[cell] && map[cell] >= BOX_SHARE * map[peakCell]) {
      reached[cell] = true;
      open.add(cell);
    }
  }

  /**
   * A point on an image.
   *
   * @param x from the left edge, 0..1 of the width
   * @param y from the top edge, 0..1 of the height
   */
  public record Point(double x, double y) {}

  /**
   * A box on an image, all four relative to its width or height.
   *
   * @param x of the left edge, 0..1
   * @param y of the top edge, 0..1
   * @param width 0..1
   * @param height 0..1
   */
  public record Box(double x, double y, double width, double height) {
    /** Whether a point lies in the box or on its edge. */
    public boolean contains(Point point) {
      return point.x() >= x && point.x() <= x + width && point.y() >= y && point.y() <= y + height;
    }
  }
}
