package io.overread.dicom.pixel;

/**
 * Where a codec puts the samples of a frame: row by row, the samples of a pixel next to each other,
 * in little-endian cells of 8 bits for a precision up to 8, else of 16.
 */
final class SampleCells {
  private final int columns;
  private final int samplesPerPixel;
  private final int cellBytes;
  private final byte[] cells;

  SampleCells(ImagePixel image, int precision) {
    this.columns = image.columns();
    this.samplesPerPixel = image.samplesPerPixel();
    this.cellBytes = precision <= Byte.SIZE ? 1 : 2;
    this.cells = new byte[(int) image.samples() * cellBytes];
  }

  /**
   * Writes a row of one component.
   *
   * @param samples holds the row from {@code from} on
   */
  void put(int row, int component, int[] samples, int from) {
    int step = samplesPerPixel * cellBytes;
    int at = row * columns * step + component * cellBytes;
    if (cellBytes == 1) {
      for (int column = 0; column < columns; column++, at += step) {
        cells[at] = (byte) samples[from + column];
      }
    } else {
      for (int column = 0; column < columns; column++, at += step) {
        int sample = samples[from + column];
        cells[at] = (byte) sample;
        cells[at + 1] = (byte) (sample >> Byte.SIZE);
      }
    }
  }

  /** The cells themselves. */
  byte[] bytes() {
    return cells;
  }
}
