package io.overread.dicom.pixel;

/**
 * A component of a frame that is coded in blocks of 8 x 8 (ITU-T T.81 A.1.1, A.2). Of each block up
 * to the end of the last MCU it holds 64 numbers, row by row: the coefficients while a progressive
 * stream is being read, and the samples in the end.
 */
final class DctComponent {
  static final int SIDE = 8;
  static final int NUMBERS = SIDE * SIDE;

  private final int horizontal;
  private final int vertical;
  private final int width;
  private final int height;
  private final int blocksAcross;
  private final int blocksDown;
  private final int quantizationDestination;
  private final short[] blocks;

  /**
   * Makes room for a component.
   *
   * @param mostHorizontal the largest horizontal sampling factor of the frame
   * @param mostVertical the largest vertical one
   */
  DctComponent(
      JpegStream.Component component, ImagePixel image, int mostHorizontal, int mostVertical) {
    this.horizontal = component.horizontal();
    this.vertical = component.vertical();
    this.quantizationDestination = component.quantization();
    this.width = Math.ceilDiv(image.columns() * horizontal, mostHorizontal);
    this.height = Math.ceilDiv(image.rows() * vertical, mostVertical);
    this.blocksAcross = Math.ceilDiv(image.columns(), SIDE * mostHorizontal) * horizontal;
    this.blocksDown = Math.ceilDiv(image.rows(), SIDE * mostVertical) * vertical;
    this.blocks = new short[blocksAcross * blocksDown * NUMBERS];
  }

  /** Blocks of an MCU from left to right, when components are interleaved. */
  int horizontal() {
    return horizontal;
  }

  /** Blocks of an MCU from top to bottom, when components are interleaved. */
  int vertical() {
    return vertical;
  }

  /** Samples of a row that count. */
  int width() {
    return width;
  }

  /** Rows that count. */
  int height() {
    return height;
  }

  /** Blocks of a row, up to the end of the last MCU. */
  int blocksAcross() {
    return blocksAcross;
  }

  /** Rows of blocks, up to the end of the last MCU. */
  int blocksDown() {
    return blocksDown;
  }

  /** Which quantization table it uses. */
  int quantizationDestination() {
    return quantizationDestination;
  }

  /** The numbers of all blocks. */
  short[] blocks() {
    return blocks;
  }

  /** Where the numbers of a block start. */
  int start(int blockRow, int blockColumn) {
    return (blockRow * blocksAcross + blockColumn) * NUMBERS;
  }

  /** Copies a row of samples that count. */
  void readRow(int row, int[] line) {
    int from = start(row / SIDE, 0) + row % SIDE * SIDE;
    for (int column = 0; column < width; column++) {
      line[column] = blocks[from + column / SIDE * NUMBERS + column % SIDE];
    }
  }
}
