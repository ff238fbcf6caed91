package io.overread.dicom.pixel;

/**
 * The Image Pixel Module of a data set (PS3.3 C.7.6.3) as far as decoding needs it; validated.
 *
 * @param rows 1 to 65535
 * @param columns 1 to 65535
 * @param planar true when Planar Configuration is 1: each colour's plane follows the other
 */
public record ImagePixel(
    int rows,
    int columns,
    int samplesPerPixel,
    PhotometricInterpretation photometricInterpretation,
    boolean planar,
    StoredBits bits) {

  /** Refuses what contradicts itself. */
  public ImagePixel {
    if (rows < 1 || rows > 0xffff || columns < 1 || columns > 0xffff) {
      throw PixelDataException.malformed("Rows " + rows + ", Columns " + columns);
    }
    if (samplesPerPixel != photometricInterpretation.samplesPerPixel()) {
      throw PixelDataException.malformed(
          "Samples per Pixel " + samplesPerPixel + " with " + photometricInterpretation.value());
    }
  }

  /** Pixels of a frame. */
  public long pixels() {
    return (long) rows * columns;
  }

  /** Samples of a frame when none is left out. */
  public long samples() {
    return pixels() * samplesPerPixel;
  }

  /** The same, in cells as a codec hands samples of that precision over. */
  ImagePixel inCellsOf(int precision) {
    return new ImagePixel(
        rows,
        columns,
        samplesPerPixel,
        photometricInterpretation,
        planar,
        bits.inCellOf(precision));
  }

  /** The same, of the colour space that a codec found in its own stream, colour by pixel. */
  ImagePixel as(PhotometricInterpretation found) {
    return new ImagePixel(rows, columns, samplesPerPixel, found, false, bits);
  }

  /** Refuses a frame over the limits, before anything is taken for it. */
  void within(PixelLimits limits) {
    int cellBytes = Math.max(bits.containerBits(), bits.bitsAllocated()) / Byte.SIZE;
    if (pixels() > limits.maximumPixels() || samples() * cellBytes > limits.maximumFrameBytes()) {
      throw PixelDataException.tooLarge(
          "%d x %d pixels of %d x %d bits"
              .formatted(rows, columns, samplesPerPixel, bits.bitsAllocated()));
    }
  }
}
