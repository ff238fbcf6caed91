package io.overread.dicom.pixel.jpeg2000;

import java.util.List;

/**
 * Hands the samples of tiles over as rows of pixels: levels shifted back (G.1), held within the
 * precision, those of subsampled components repeated.
 */
final class TileOutput {
  private final ImageSize size;
  private final SampleRows rows;

  TileOutput(ImageSize size, SampleRows rows) {
    this.size = size;
    this.rows = rows;
  }

  /**
   * Writes a tile.
   *
   * @param area of the tile on the reference grid
   * @param planes of its components
   */
  void write(Area area, List<TileComponent> components) {
    Area pixels = area.subsampled(size.dx(), size.dy());
    Area image = size.image().subsampled(size.dx(), size.dy());
    for (int index = 0; index < components.size(); index++) {
      TileComponent component = components.get(index);
      if (component.area().isEmpty()) {
        continue;
      }
      ImageSize.Component of = size.components().get(index);
      int[] samples = new int[component.area().width()];
      int[] repeated = of.dx() == size.dx() ? samples : new int[pixels.width()];
      for (int y = pixels.y0(); y < pixels.y1(); y++) {
        int row = nearest((long) y * size.dy(), of.dy(), component.area().y0());
        component.plane().row(Math.min(row, component.area().height() - 1), samples);
        shift(samples, of);
        if (repeated != samples) {
          repeat(samples, repeated, pixels.x0(), of.dx(), component.area().x0());
        }
        rows.put(index, y - image.y0(), pixels.x0() - image.x0(), repeated, pixels.width());
      }
    }
  }

  private void repeat(int[] samples, int[] repeated, int x0, int dx, int start) {
    for (int x = 0; x < repeated.length; x++) {
      int column = nearest((long) (x0 + x) * size.dx(), dx, start);
      repeated[x] = samples[Math.min(column, samples.length - 1)];
    }
  }

  /** The sample at or before a place of the grid, counted from the first of the tile. */
  private static int nearest(long place, int step, int start) {
    return (int) Math.max(0, place / step - start);
  }

  private static void shift(int[] samples, ImageSize.Component component) {
    int half = 1 << (component.precision() - 1);
    int offset = component.signed() ? 0 : half;
    // Unsigned samples are coded about zero: held before the shift, they can't overflow in it.
    for (int index = 0; index < samples.length; index++) {
      samples[index] = Math.clamp(samples[index], -half, half - 1) + offset;
    }
  }
}
