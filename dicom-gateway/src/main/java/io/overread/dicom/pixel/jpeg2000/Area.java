package io.overread.dicom.pixel.jpeg2000;

/** A rectangle of a grid; the far edges are outside. Coordinates are from 0 to {@link #MOST}. */
record Area(int x0, int y0, int x1, int y1) {
  /** So much below the largest number that the edge of a precinct beyond it can't overflow. */
  static final int MOST = Integer.MAX_VALUE - 0xffff;

  int width() {
    return Math.max(0, x1 - x0);
  }

  int height() {
    return Math.max(0, y1 - y0);
  }

  boolean isEmpty() {
    return x1 <= x0 || y1 <= y0;
  }

  /** The samples of every {@code dx}-th column and {@code dy}-th row (B-12). */
  Area subsampled(int dx, int dy) {
    return new Area(
        Math.ceilDiv(x0, dx), Math.ceilDiv(y0, dy), Math.ceilDiv(x1, dx), Math.ceilDiv(y1, dy));
  }

  /**
   * The samples of a sub-band (B-15).
   *
   * @param level how many times the image was divided, 0 to 32
   * @param right 1 for a band of high frequencies across, else 0
   * @param lower 1 for a band of high frequencies down, else 0
   */
  Area band(int level, int right, int lower) {
    return new Area(
        coordinate(x0, level, right),
        coordinate(y0, level, lower),
        coordinate(x1, level, right),
        coordinate(y1, level, lower));
  }

  Area intersection(Area other) {
    return new Area(
        Math.max(x0, other.x0),
        Math.max(y0, other.y0),
        Math.min(x1, other.x1),
        Math.min(y1, other.y1));
  }

  private static int coordinate(int coordinate, int level, int high) {
    long offset = high == 0 ? 0 : 1L << (level - 1);
    return (int) Math.ceilDiv(coordinate - offset, 1L << level);
  }
}
