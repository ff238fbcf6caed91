package io.overread.vlm.image;

/**
 * How Llama 3.2 Vision lays an image on square tiles: the arrangement that shrinks it least, or
 * enlarges it least, and of equals the smallest.
 *
 * @param tile edge of a tile, in pixels
 * @param most tiles of an image
 */
public record TiledCanvas(int tile, int most) {

  /** Refuses tiles that cannot be. */
  public TiledCanvas {
    if (tile < 1 || most < 1) {
      throw new IllegalArgumentException("tiles of " + tile + " pixels, at most " + most);
    }
  }

  /**
   * Tiles from top to bottom and from left to right.
   *
   * @param number of the arrangement, from 1, in the order in which the model's embeddings have
   *     them
   */
  public record Arrangement(int rows, int columns, int number) {}

  /** The arrangement for an image of the given size, in pixels. */
  public Arrangement arrange(int height, int width) {
    Arrangement best = new Arrangement(1, 1, 1);
    double bestScale = scale(best, height, width);
    int number = 0;
    for (int rows = 1; rows <= most; rows++) {
      for (int columns = 1; rows * columns <= most; columns++) {
        Arrangement candidate = new Arrangement(rows, columns, ++number);
        double scale = scale(candidate, height, width);
        if (better(scale, bestScale)
            || (scale == bestScale && rows * columns < best.rows() * best.columns())) {
          best = candidate;
          bestScale = scale;
        }
      }
    }
    return best;
  }

  /** Any enlargement is better than a reduction; the smaller change is the better one. */
  private static boolean better(double scale, double than) {
    return than >= 1 ? scale >= 1 && scale < than : scale > than;
  }

  private double scale(Arrangement tiles, int height, int width) {
    return Math.min(
        (double) (tiles.rows() * tile) / height, (double) (tiles.columns() * tile) / width);
  }

  /** The size of the image on its tiles: as large as fits, but not enlarged beyond one tile. */
  public TargetSize.Exact fitted(int height, int width, Arrangement tiles) {
    int high = Math.clamp(height, tile, tiles.rows() * tile);
    int wide = Math.clamp(width, tile, tiles.columns() * tile);
    double byHeight = (double) high / height;
    double byWidth = (double) wide / width;
    return byWidth < byHeight
        ? new TargetSize.Exact(Math.min(atLeastOne(height * byWidth), high), wide)
        : new TargetSize.Exact(high, Math.min(atLeastOne(width * byHeight), wide));
  }

  private static int atLeastOne(double edge) {
    return Math.max(1, (int) Math.floor(edge));
  }

  /**
   * The image's tiles row after row, each colour after colour, black where the image does not
   * reach; then tiles of zeros up to the most.
   */
  public float[] cut(RgbImage fitted, Arrangement tiles, Normalisation normalisation) {
    int area = tile * tile;
    float[] values = new float[most * 3 * area];
    for (int row = 0; row < tiles.rows(); row++) {
      for (int column = 0; column < tiles.columns(); column++) {
        RgbImage part = part(fitted, row * tile, column * tile);
        float[] numbers = normalisation.apply(part).values();
        int at = (row * tiles.columns() + column) * 3 * area;
        System.arraycopy(numbers, 0, values, at, 3 * area);
      }
    }
    return values;
  }

  private RgbImage part(RgbImage image, int top, int left) {
    byte[] samples = new byte[tile * tile * 3];
    int columns = Math.min(tile, image.width() - left);
    for (int y = 0; y < Math.min(tile, image.height() - top) && columns > 0; y++) {
      int from = ((top + y) * image.width() + left) * 3;
      System.arraycopy(image.samples(), from, samples, y * tile * 3, columns * 3);
    }
    return new RgbImage(tile, tile, samples);
  }
}
