package io.overread.vlm.image;

/**
 * An image cut into square patches, in the order in which Qwen's vision models read them: blocks of
 * merge x merge patches row after row, inside a block row after row.
 *
 * @param rows of patches, a multiple of the merge
 * @param columns of patches, a multiple of the merge
 * @param width numbers in a patch: for each colour, as often as a moment of a film would be read at
 *     once, the patch's pixels row after row
 * @param values patch after patch; the array is not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a buffer, passed on and never compared
public record ImagePatches(int rows, int columns, int width, float[] values) {

  /**
   * Cuts an image.
   *
   * @param patch edge of a patch, in pixels
   * @param merge patches along the edge of a block
   * @param moments how often each patch is repeated, as a film of one picture
   */
  public static ImagePatches of(PixelTensor image, int patch, int merge, int moments) {
    int rows = image.height() / patch;
    int columns = image.width() / patch;
    if (rows % merge != 0
        || columns % merge != 0
        || image.height() != rows * patch
        || image.width() != columns * patch) {
      throw new IllegalArgumentException(
          image.width() + "x" + image.height() + " is not made of blocks of " + patch * merge);
    }
    int width = 3 * moments * patch * patch;
    float[] values = new float[Math.multiplyExact(Math.multiplyExact(rows, columns), width)];
    int to = 0;
    for (int block = 0; block < rows * columns / (merge * merge); block++) {
      int top = block / (columns / merge) * merge;
      int left = block % (columns / merge) * merge;
      for (int inside = 0; inside < merge * merge; inside++) {
        int y = (top + inside / merge) * patch;
        int x = (left + inside % merge) * patch;
        to = copy(image, y, x, patch, moments, values, to);
      }
    }
    return new ImagePatches(rows, columns, width, values);
  }

  private static int copy(
      PixelTensor image, int top, int left, int patch, int moments, float[] values, int start) {
    int to = start;
    for (int color = 0; color < 3; color++) {
      int plane = color * image.height() * image.width();
      for (int moment = 0; moment < moments; moment++) {
        for (int y = 0; y < patch; y++) {
          int from = plane + (top + y) * image.width() + left;
          System.arraycopy(image.values(), from, values, to, patch);
          to += patch;
        }
      }
    }
    return to;
  }
}
