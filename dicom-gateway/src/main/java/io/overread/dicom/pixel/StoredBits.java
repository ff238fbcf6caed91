package io.overread.dicom.pixel;

/**
 * How one sample lies in its cell: Bits Allocated, Bits Stored, High Bit and Pixel Representation
 * (PS3.3 C.7.6.3, PS3.5 8.1.1).
 *
 * @param bitsAllocated size of the cell, 1 to 32 bits
 * @param bitsStored how many of them belong to the sample; the others (old overlays) are ignored
 * @param highBit the most significant bit of the sample within the cell, counted from 0
 * @param signed true when the sample is in two's complement
 */
public record StoredBits(int bitsAllocated, int bitsStored, int highBit, boolean signed) {

  /** The widest cell that is decoded. */
  public static final int MAXIMUM_BITS_ALLOCATED = 32;

  /** Refuses a layout that no cell can have. */
  public StoredBits {
    if (bitsAllocated < 1 || bitsStored < 1 || bitsStored > bitsAllocated) {
      throw PixelDataException.malformed(
          "Bits Stored " + bitsStored + " does not fit Bits Allocated " + bitsAllocated);
    }
    if (highBit < bitsStored - 1 || highBit >= bitsAllocated) {
      throw PixelDataException.malformed(
          "High Bit " + highBit + " does not fit Bits Stored " + bitsStored);
    }
    if (bitsAllocated > MAXIMUM_BITS_ALLOCATED) {
      throw PixelDataException.unsupported("Bits Allocated " + bitsAllocated);
    }
  }

  /** The size of the smallest whole cell (8, 16 or 32 bits) that holds a sample. */
  public int containerBits() {
    return bitsStored <= Byte.SIZE
        ? Byte.SIZE
        : bitsStored <= Short.SIZE ? Short.SIZE : Integer.SIZE;
  }

  /** The lowest value that a sample can have. */
  public long minimum() {
    return signed ? -(1L << (bitsStored - 1)) : 0;
  }

  /** The highest value that a sample can have. */
  public long maximum() {
    return (1L << (signed ? bitsStored - 1 : bitsStored)) - 1;
  }

  /** The sample within a cell: shifted down, the foreign bits masked off, its sign extended. */
  int sample(int cell) {
    int unused = Integer.SIZE - bitsStored;
    int top = cell << (Integer.SIZE - 1 - highBit);
    return signed ? top >> unused : top >>> unused;
  }

  /** True when a cell is the sample as it stands. */
  boolean fillsItsCell() {
    return bitsStored == bitsAllocated && bitsAllocated == containerBits();
  }

  /**
   * The same sample as a codec hands it over: in the smallest cell (8, 16 or 32 bits) that holds
   * the precision. What the data set says of the sample within its cell stays true as far as it
   * can.
   */
  StoredBits inCellOf(int precision) {
    int cell = SampleCells.bytes(precision) * Byte.SIZE;
    int stored = Math.min(bitsStored, cell);
    boolean fits = highBit < cell;
    return new StoredBits(cell, stored, fits ? highBit : stored - 1, signed);
  }
}
