package io.overread.dicom.pixel;

import java.util.Arrays;
import java.util.List;

/** Decodes the blocks of a sequential scan (ITU-T T.81 F.2) straight to samples. */
final class DctSequentialScan implements DctScan.BlockDecoder {
  private static final int COEFFICIENTS = 64;
  private static final int LARGEST_CATEGORY = 15;
  private static final int ZERO_RUN = 0xf0;
  private static final int[] ZIGZAG = Zigzag.order();

  private final EntropyBits bits;
  private final DctComponent[] components;
  private final HuffmanTable[] dc;
  private final HuffmanTable[] ac;
  private final int[][] quantization;
  private final int[] predictions;
  private final InverseDct inverse;
  private final int[] coefficients = new int[COEFFICIENTS];

  DctSequentialScan(
      JpegScan scan,
      List<DctComponent> components,
      JpegTables tables,
      EntropyBits bits,
      InverseDct inverse) {
    this.bits = bits;
    this.components = components.toArray(DctComponent[]::new);
    this.dc =
        scan.selected().stream()
            .map(each -> tables.dc(each.dcTable()))
            .toArray(HuffmanTable[]::new);
    this.ac =
        scan.selected().stream()
            .map(each -> tables.ac(each.acTable()))
            .toArray(HuffmanTable[]::new);
    this.quantization =
        components.stream()
            .map(each -> tables.quantization(each.quantizationDestination()))
            .toArray(int[][]::new);
    this.predictions = new int[dc.length];
    this.inverse = inverse;
  }

  @Override
  public void restart() {
    Arrays.fill(predictions, 0);
  }

  @Override
  public void block(int index, int blockRow, int blockColumn) {
    DctComponent component = components[index];
    int[] steps = quantization[index];
    predictions[index] += dcDifference(bits, dc[index]);
    int first = predictions[index] * steps[0];
    int at = component.start(blockRow, blockColumn);
    if (readAc(ac[index], steps)) {
      coefficients[0] = first;
      inverse.transform(coefficients, component.blocks(), at);
      Arrays.fill(coefficients, 0);
    } else {
      inverse.transformFlat(first, component.blocks(), at);
    }
  }

  /** The difference of a first coefficient (F.2.2.1); progressive streams have it, too. */
  static int dcDifference(EntropyBits bits, HuffmanTable table) {
    bits.fill();
    int category = table.decode(bits);
    if (category > LARGEST_CATEGORY) {
      throw PixelDataException.malformed("JPEG DC difference of category " + category);
    }
    return category == 0 ? 0 : bits.signed(category);
  }

  /** Reads and dequantizes the coefficients after the first (F.2.2.2); tells if there were any. */
  private boolean readAc(HuffmanTable table, int[] steps) {
    boolean any = false;
    for (int index = 1; index < COEFFICIENTS; index++) {
      bits.fill();
      int symbol = table.decode(bits);
      int category = symbol & 0xf;
      if (category == 0) {
        if (symbol != ZERO_RUN) {
          break;
        }
        index += ZERO_RUN >> 4;
        continue;
      }
      index += symbol >> 4;
      if (index >= COEFFICIENTS) {
        throw PixelDataException.malformed("JPEG block of too many coefficients");
      }
      coefficients[ZIGZAG[index]] = bits.signed(category) * steps[index];
      any = true;
    }
    return any;
  }
}
