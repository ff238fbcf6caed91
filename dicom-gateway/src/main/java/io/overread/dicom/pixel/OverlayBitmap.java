package io.overread.dicom.pixel;

import java.util.BitSet;

/**
 * The marked pixels of an overlay; it may be larger or smaller than the image, and reach beyond it.
 * Immutable as long as nobody writes to the bits it was made of.
 *
 * @param top row of the image that its first row lies on, from 0; negative above the image
 * @param left column of the image that its first column lies on, from 0
 * @param marked row by row
 */
public record OverlayBitmap(int top, int left, int rows, int columns, BitSet marked) {
  /** Whether a pixel of the image is marked. */
  public boolean marks(int imageRow, int imageColumn) {
    int row = imageRow - top;
    int column = imageColumn - left;
    return row >= 0
        && row < rows
        && column >= 0
        && column < columns
        && marked.get(row * columns + column);
  }
}
