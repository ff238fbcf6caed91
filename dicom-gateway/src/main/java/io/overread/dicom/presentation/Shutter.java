package io.overread.dicom.presentation;

import java.awt.Polygon;

/** What hides a part of the image (Display Shutter Module, PS3.3 C.7.6.11). */
public sealed interface Shutter {
  /** Whether a pixel is hidden; row and column from 1. */
  boolean hides(int row, int column);

  /** RECTANGULAR: what lies on the edges is seen. */
  record Rectangular(int left, int right, int upper, int lower) implements Shutter {
    @Override
    public boolean hides(int row, int column) {
      return column < left || column > right || row < upper || row > lower;
    }
  }

  /** CIRCULAR. */
  record Circular(int centerRow, int centerColumn, int radius) implements Shutter {
    @Override
    public boolean hides(int row, int column) {
      long down = (long) row - centerRow;
      long across = (long) column - centerColumn;
      return down * down + across * across > (long) radius * radius;
    }
  }

  /** POLYGONAL: x is the column. */
  record Polygonal(Polygon outline) implements Shutter {
    @Override
    public boolean hides(int row, int column) {
      return !outline.contains(column, row);
    }
  }
}
