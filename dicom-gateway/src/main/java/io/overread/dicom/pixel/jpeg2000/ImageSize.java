package io.overread.dicom.pixel.jpeg2000;

import java.util.ArrayList;
import java.util.List;

/**
 * The SIZ marker segment (A.5.1).
 *
 * @param image the image area on the reference grid
 * @param firstTile the tile at the upper left, which may reach out of the image area
 */
record ImageSize(Area image, Area firstTile, List<Component> components) {
  private static final int MOST_TILES = 65535;
  private static final int MOST_COMPONENTS = 16384;
  private static final int MOST_PRECISION = 38;

  /**
   * A component.
   *
   * @param dx XRsiz, the columns of the grid for each of its samples
   * @param dy YRsiz
   */
  record Component(int precision, boolean signed, int dx, int dy) {}

  static ImageSize read(Octets segment) {
    segment.word();
    int x1 = coordinate(segment);
    int y1 = coordinate(segment);
    Area image = new Area(coordinate(segment), coordinate(segment), x1, y1);
    int width = coordinate(segment);
    int height = coordinate(segment);
    int x0 = coordinate(segment);
    int y0 = coordinate(segment);
    if (image.isEmpty()
        || width == 0
        || height == 0
        || x0 > image.x0()
        || y0 > image.y0()
        || (long) x0 + width <= image.x0()
        || (long) y0 + height <= image.y0()) {
      throw CodestreamException.malformed("image and tile sizes contradict each other");
    }
    Area tile = new Area(x0, y0, edge(x0, width), edge(y0, height));
    ImageSize size = new ImageSize(image, tile, components(segment));
    if ((long) size.tilesAcross() * size.tilesDown() > MOST_TILES) {
      throw CodestreamException.malformed("image of more than 65535 tiles");
    }
    return size;
  }

  int tilesAcross() {
    return Math.ceilDiv(image.x1() - firstTile.x0(), firstTile.width());
  }

  int tilesDown() {
    return Math.ceilDiv(image.y1() - firstTile.y0(), firstTile.height());
  }

  int tiles() {
    return tilesAcross() * tilesDown();
  }

  /** The part of a tile that is in the image. */
  Area tile(int index) {
    int across = tilesAcross();
    long x0 = firstTile.x0() + (long) (index % across) * firstTile.width();
    long y0 = firstTile.y0() + (long) (index / across) * firstTile.height();
    return new Area(
            (int) x0,
            (int) y0,
            (int) Math.min(x0 + firstTile.width(), image.x1()),
            (int) Math.min(y0 + firstTile.height(), image.y1()))
        .intersection(image);
  }

  /** The columns of the grid for each pixel: of the component that is subsampled least. */
  int dx() {
    return components.stream().mapToInt(Component::dx).min().orElseThrow();
  }

  /** The rows of the grid for each pixel. */
  int dy() {
    return components.stream().mapToInt(Component::dy).min().orElseThrow();
  }

  private static List<Component> components(Octets segment) {
    int count = segment.word();
    if (count == 0 || count > MOST_COMPONENTS || segment.left() != 3 * count) {
      throw CodestreamException.malformed("image of " + count + " components");
    }
    List<Component> components = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      int depth = segment.octet();
      Component component =
          new Component((depth & 0x7f) + 1, depth >= 0x80, segment.octet(), segment.octet());
      if (component.precision > MOST_PRECISION || component.dx == 0 || component.dy == 0) {
        throw CodestreamException.malformed("component with a size out of range");
      }
      components.add(component);
    }
    return components;
  }

  private static int edge(int start, int length) {
    return (int) Math.min((long) start + length, Integer.MAX_VALUE);
  }

  private static int coordinate(Octets segment) {
    long value = segment.longWord();
    if (value > Area.MOST) {
      // A tile may be said to be as large as can be; an image can't.
      return Area.MOST;
    }
    return (int) value;
  }
}
