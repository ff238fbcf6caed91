package io.overread.dicom.pixel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The stored values of one frame: row by row, the samples of a pixel next to each other, each in a
 * little-endian cell of 8, 16 or 32 bits with its sign extended and no foreign bits. Colour isn't
 * subsampled. Immutable as long as nobody writes to the array it was made of.
 */
public final class FrameRaster {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final int rows;
  private final int columns;
  private final int samplesPerPixel;
  private final int bits;
  private final boolean signed;
  private final byte[] cells;

  /** Takes over {@code cells}: rows x columns x samples cells of {@code bits} bits. */
  public FrameRaster(
      int rows, int columns, int samplesPerPixel, int bits, boolean signed, byte[] cells) {
    if ((long) rows * columns * samplesPerPixel * bits != (long) cells.length * Byte.SIZE) {
      throw new IllegalArgumentException("the cells do not fill the frame");
    }
    this.rows = rows;
    this.columns = columns;
    this.samplesPerPixel = samplesPerPixel;
    this.bits = bits;
    this.signed = signed;
    this.cells = cells;
  }

  /** Height in pixels. */
  public int rows() {
    return rows;
  }

  /** Width in pixels. */
  public int columns() {
    return columns;
  }

  /** 1 or 3. */
  public int samplesPerPixel() {
    return samplesPerPixel;
  }

  /** Size of a cell: 8, 16 or 32. */
  public int bits() {
    return bits;
  }

  /** Whether the values are in two's complement. */
  public boolean signed() {
    return signed;
  }

  /** How many samples there are. */
  public int size() {
    return rows * columns * samplesPerPixel;
  }

  /** The cells, read-only, positioned at the first, little endian. */
  public ByteBuffer cells() {
    return ByteBuffer.wrap(cells).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The value of a sample, counted through the frame from 0. */
  public long value(int index) {
    return meaning(code(index));
  }

  /** Which codes occur, for cells of 8 and 16 bits. */
  boolean[] codesSeen() {
    boolean[] seen = new boolean[1 << bits];
    for (int index = 0; index < size(); index++) {
      seen[code(index)] = true;
    }
    return seen;
  }

  /** The same with one code in place of the values within a range, for cells of 8 and 16 bits. */
  FrameRaster replacing(PixelPadding range, int replacement) {
    byte[] replaced = cells.clone();
    for (int index = 0; index < size(); index++) {
      if (range.contains(value(index))) {
        if (bits == Byte.SIZE) {
          replaced[index] = (byte) replacement;
        } else {
          SHORT.set(replaced, 2 * index, (short) replacement);
        }
      }
    }
    return new FrameRaster(rows, columns, samplesPerPixel, bits, signed, replaced);
  }

  /** The bits of a sample as an unsigned number; a table's index for cells of 8 and 16 bits. */
  int code(int index) {
    return switch (bits) {
      case Byte.SIZE -> cells[index] & 0xff;
      case Short.SIZE -> (short) SHORT.get(cells, 2 * index) & 0xffff;
      default -> (int) INT.get(cells, 4 * index);
    };
  }

  /** The value that a code stands for. */
  long meaning(int code) {
    return switch (bits) {
      case Byte.SIZE -> signed ? (byte) code : code;
      case Short.SIZE -> signed ? (short) code : code;
      default -> signed ? code : Integer.toUnsignedLong(code);
    };
  }
}
