package io.overread.dicom.presentation;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import java.util.Optional;

/**
 * An item of the Displayed Area Selection Sequence (0070,005A), PS3.3 C.10.4. Its corners are
 * pixels of the image as it is stored, before any rotation; both belong to the area, which may
 * reach beyond the image.
 *
 * @param left column, from 1
 * @param top row, from 1
 * @param right column
 * @param bottom row
 * @param pixelAspectRatio height of a pixel divided by its width
 */
public record DisplayedArea(int left, int top, int right, int bottom, double pixelAspectRatio) {
  private static final int FARTHEST = 1 << 20;

  /** The whole of an image of square pixels. */
  public static DisplayedArea whole(int rows, int columns) {
    return new DisplayedArea(1, 1, columns, rows, 1);
  }

  static Optional<DisplayedArea> read(DataSet item) {
    long[] topLeft = item.integers(Tag.DisplayedAreaTopLeftHandCorner);
    long[] bottomRight = item.integers(Tag.DisplayedAreaBottomRightHandCorner);
    if (topLeft.length != 2 || bottomRight.length != 2) {
      return Optional.empty();
    }
    // After rotation or flip the top left corner may be any corner of the stored image.
    return Optional.of(
        new DisplayedArea(
            within(Math.min(topLeft[0], bottomRight[0])),
            within(Math.min(topLeft[1], bottomRight[1])),
            within(Math.max(topLeft[0], bottomRight[0])),
            within(Math.max(topLeft[1], bottomRight[1])),
            aspectRatio(item)));
  }

  private static int within(long coordinate) {
    return (int) Math.clamp(coordinate, -FARTHEST, FARTHEST);
  }

  private static double aspectRatio(DataSet item) {
    double[] spacing = item.decimals(Tag.PresentationPixelSpacing);
    double[] ratio =
        spacing.length == 2 ? spacing : item.decimals(Tag.PresentationPixelAspectRatio);
    double height = ratio.length == 2 ? ratio[0] / ratio[1] : 1;
    return height > 0.05 && height < 20 ? height : 1;
  }

  /** Columns of the area. */
  public int width() {
    return right - left + 1;
  }

  /** Rows of the area. */
  public int height() {
    return bottom - top + 1;
  }
}
