package io.overread.dicom.pixel;

/**
 * Brings a subsampled component to the size of the image. ITU-T T.81 leaves the filter open; this
 * is the Independent JPEG Group's, which nearly all decoders share: where there is half of the
 * samples, three quarters of the nearer one and one quarter of the farther one; elsewhere,
 * repetition.
 */
final class Upsampling {
  private final DctComponent component;
  private final int across;
  private final int down;
  private final int[] mixed;
  private final int[] neighbour;

  /**
   * For a component.
   *
   * @param across how many pixels of a row share a sample
   * @param down how many rows share a sample
   */
  Upsampling(DctComponent component, int across, int down) {
    this.component = component;
    this.across = across;
    this.down = down;
    this.mixed = new int[component.width()];
    this.neighbour = new int[component.width()];
  }

  /**
   * Makes a row of the image.
   *
   * @param out where it goes from 0 on, with room for whole groups of {@code across}
   */
  void row(int row, int[] out) {
    boolean smooth = across == 2 && down <= 2 && component.width() > 2;
    if (!smooth) {
      repeat(row / down, out);
    } else if (down == 1) {
      component.readRow(row, mixed);
      spread(mixed, 2, 1, 2, out);
    } else {
      int nearer = row / 2;
      int farther = Math.clamp(nearer + (row % 2 == 0 ? -1 : 1), 0, component.height() - 1);
      component.readRow(nearer, mixed);
      component.readRow(farther, neighbour);
      for (int column = 0; column < mixed.length; column++) {
        mixed[column] = 3 * mixed[column] + neighbour[column];
      }
      spread(mixed, 4, 8, 7, out);
    }
  }

  private void repeat(int row, int[] out) {
    component.readRow(row, mixed);
    int target = 0;
    for (int sample : mixed) {
      for (int copy = 0; copy < across; copy++) {
        out[target++] = sample;
      }
    }
  }

  /** Two pixels of each sum; the sums at the ends count as their own neighbours. */
  private static void spread(
      int[] sums, int shift, int leftRounding, int rightRounding, int[] out) {
    int before = sums[0];
    for (int column = 0; column < sums.length; column++) {
      int sum = sums[column];
      int after = sums[Math.min(column + 1, sums.length - 1)];
      out[2 * column] = (3 * sum + before + leftRounding) >> shift;
      out[2 * column + 1] = (3 * sum + after + rightRounding) >> shift;
      before = sum;
    }
  }
}
