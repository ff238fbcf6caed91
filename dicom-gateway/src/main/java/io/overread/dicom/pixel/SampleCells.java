package io.overread.dicom.pixel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where a codec puts the samples of a frame: row by row, the samples of a pixel next to each other,
 * in the smallest little-endian cells (8, 16 or 32 bits) that hold the precision.
 */
final class SampleCells {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final int columns;
  private final int samplesPerPixel;
  private final int cellBytes;
  private final byte[] cells;

  SampleCells(ImagePixel image, int precision) {
    this.columns = image.columns();
    this.samplesPerPixel = image.samplesPerPixel();
    this.cellBytes = bytes(precision);
    this.cells = new byte[(int) image.samples() * cellBytes];
  }

  /** Bytes of the cell of a sample of so many bits. */
  static int bytes(int precision) {
    return precision <= Byte.SIZE ? 1 : precision <= Short.SIZE ? 2 : 4;
  }

  /**
   * Writes a row of one component.
   *
   * @param samples holds the row from {@code from} on
   */
  void put(int row, int component, int[] samples, int from) {
    write((row * columns * samplesPerPixel + component) * cellBytes, samples, from, columns);
  }

  /** Writes a part of a row of one component: the first samples, from a column of the image on. */
  void put(int component, int row, int column, int[] samples, int count) {
    int start = (row * columns + column) * samplesPerPixel + component;
    write(start * cellBytes, samples, 0, count);
  }

  private void write(int start, int[] samples, int from, int count) {
    int step = samplesPerPixel * cellBytes;
    int at = start;
    if (cellBytes == 1) {
      for (int index = from; index < from + count; index++, at += step) {
        cells[at] = (byte) samples[index];
      }
    } else if (cellBytes == 2) {
      for (int index = from; index < from + count; index++, at += step) {
        int sample = samples[index];
        cells[at] = (byte) sample;
        cells[at + 1] = (byte) (sample >> Byte.SIZE);
      }
    } else {
      for (int index = from; index < from + count; index++, at += step) {
        INT.set(cells, at, samples[index]);
      }
    }
  }

  /** The cells themselves. */
  byte[] bytes() {
    return cells;
  }
}
