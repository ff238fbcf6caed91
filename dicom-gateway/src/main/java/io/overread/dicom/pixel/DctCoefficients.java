package io.overread.dicom.pixel;

import java.util.Arrays;

/**
 * How far the coefficients of a component of a progressive stream are known: scans give them band
 * by band and bit by bit (ITU-T T.81 G.1.1.1).
 */
final class DctCoefficients {
  private static final int COEFFICIENTS = DctComponent.NUMBERS;
  private static final int UNKNOWN = -1;
  private static final int[] NOT_QUANTIZED = new int[0];

  private final DctComponent component;
  private final int[] lowBits = new int[COEFFICIENTS];
  private int[] quantization = NOT_QUANTIZED;

  DctCoefficients(DctComponent component) {
    this.component = component;
    Arrays.fill(lowBits, UNKNOWN);
  }

  DctComponent component() {
    return component;
  }

  /**
   * Notes what a scan adds; refuses one that doesn't continue where the last one stopped. So no
   * coefficient is decoded more often than it has bits.
   */
  void advance(JpegScan scan, JpegTables tables) {
    if (scan.first() > 0 && lowBits[0] == UNKNOWN) {
      throw PixelDataException.malformed("JPEG scan of AC coefficients before the DC ones");
    }
    for (int index = scan.first(); index <= scan.last(); index++) {
      boolean continues =
          lowBits[index] == UNKNOWN
              ? scan.high() == 0
              : lowBits[index] == scan.high() && scan.high() == scan.low() + 1;
      if (!continues) {
        throw PixelDataException.malformed("JPEG scan out of its order (G.1.1.1)");
      }
      lowBits[index] = scan.low();
    }
    if (quantization.length == 0) {
      quantization = tables.quantization(component.quantizationDestination());
    }
  }

  /** Makes samples of the coefficients, in their place; refuses a component without any. */
  void transform(InverseDct inverse) {
    if (lowBits[0] == UNKNOWN) {
      throw PixelDataException.malformed("JPEG stream without a scan of each component");
    }
    int[] order = Zigzag.order();
    int[] steps = new int[COEFFICIENTS];
    for (int index = 0; index < COEFFICIENTS; index++) {
      steps[order[index]] = quantization[index];
    }
    int[] block = new int[COEFFICIENTS];
    short[] blocks = component.blocks();
    for (int at = 0; at < blocks.length; at += COEFFICIENTS) {
      for (int index = 0; index < COEFFICIENTS; index++) {
        block[index] = blocks[at + index] * steps[index];
      }
      inverse.transform(block, blocks, at);
    }
  }
}
