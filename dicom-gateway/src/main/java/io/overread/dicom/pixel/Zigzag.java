package io.overread.dicom.pixel;

/** The order of the coefficients of a block in the stream (ITU-T T.81 Figure A.6). */
final class Zigzag {
  private static final int SIDE = 8;
  private static final int[] PLACES = places();

  private Zigzag() {}

  /** The place, row by row, of each coefficient in its order. Not to be written to. */
  static int[] order() {
    return PLACES;
  }

  private static int[] places() {
    int[] places = new int[SIDE * SIDE];
    int index = 0;
    for (int diagonal = 0; diagonal < 2 * SIDE - 1; diagonal++) {
      for (int step = 0; step <= diagonal; step++) {
        int row = diagonal % 2 == 0 ? diagonal - step : step;
        int column = diagonal - row;
        if (row < SIDE && column < SIDE) {
          places[index++] = row * SIDE + column;
        }
      }
    }
    return places;
  }
}
