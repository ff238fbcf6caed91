package io.overread.dicom.pixel.jpeg2000;

import java.util.List;

/**
 * The coefficients of a tile-component, later its samples: the lowest resolution at the upper left,
 * around it the bands of each higher one.
 */
sealed interface Plane permits ReversiblePlane, IrreversiblePlane {

  /**
   * Takes the coefficients of a code-block.
   *
   * @param doubled twice each coefficient, row by row, with a one below the bits that are known
   */
  void put(Band band, CodeBlock block, int[] doubled);

  /** The inverse wavelet transform (F.3): coefficients become samples. */
  void synthesize(List<Resolution> resolutions);

  /** Copies a row of samples, rounded. */
  void row(int y, int[] samples);

  /** An empty plane. */
  static Plane of(Area area, boolean reversible) {
    return reversible
        ? new ReversiblePlane(area.width(), area.height())
        : new IrreversiblePlane(area.width(), area.height());
  }
}
