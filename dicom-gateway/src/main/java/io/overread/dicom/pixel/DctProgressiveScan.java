package io.overread.dicom.pixel;

import java.util.Arrays;
import java.util.List;

/**
 * Decodes the blocks of a progressive scan (ITU-T T.81 G.1.2, G.2) into the coefficients that the
 * scans before it left: a first approximation of some, or one more bit of them.
 */
final class DctProgressiveScan implements DctScan.BlockDecoder {
  private static final int[] ZIGZAG = Zigzag.order();
  private static final int ZERO_RUN = 15;

  private final EntropyBits bits;
  private final DctComponent[] components;
  private final HuffmanTable[] tables;
  private final int[] predictions;
  private final int first;
  private final int last;
  private final int low;
  private final boolean refinement;

  /** Blocks still to come in which the band has no new coefficients (EOBRUN). */
  private int endOfBandRun;

  DctProgressiveScan(
      JpegScan scan, List<DctComponent> components, JpegTables tables, EntropyBits bits) {
    this.bits = bits;
    this.components = components.toArray(DctComponent[]::new);
    this.first = scan.first();
    this.last = scan.last();
    this.low = scan.low();
    this.refinement = scan.high() > 0;
    this.predictions = new int[this.components.length];
    boolean dcRefinement = first == 0 && refinement;
    this.tables =
        dcRefinement
            ? new HuffmanTable[0]
            : scan.selected().stream()
                .map(each -> first == 0 ? tables.dc(each.dcTable()) : tables.ac(each.acTable()))
                .toArray(HuffmanTable[]::new);
  }

  @Override
  public void restart() {
    Arrays.fill(predictions, 0);
    endOfBandRun = 0;
  }

  @Override
  public void block(int index, int blockRow, int blockColumn) {
    DctComponent component = components[index];
    short[] values = component.blocks();
    int at = component.start(blockRow, blockColumn);
    if (first > 0) {
      if (refinement) {
        refineBand(values, at);
      } else {
        readBand(values, at);
      }
    } else if (refinement) {
      values[at] |= (short) (bits.bit() << low);
    } else {
      predictions[index] += DctSequentialScan.dcDifference(bits, tables[index]);
      values[at] = (short) (predictions[index] << low);
    }
  }

  /** The first scan of a band (G.1.2.2). */
  private void readBand(short[] values, int at) {
    if (endOfBandRun > 0) {
      endOfBandRun--;
      return;
    }
    for (int index = first; index <= last; index++) {
      bits.fill();
      int symbol = tables[0].decode(bits);
      int run = symbol >> 4;
      int category = symbol & 0xf;
      if (category > 0) {
        index += run;
        if (index > last) {
          throw tooMany();
        }
        values[at + ZIGZAG[index]] = (short) (bits.signed(category) << low);
      } else if (run == ZERO_RUN) {
        index += ZERO_RUN;
      } else {
        endOfBandRun = endOfBandRun(run) - 1;
        return;
      }
    }
  }

  /** A further scan of a band (G.1.2.3). */
  private void refineBand(short[] values, int at) {
    int index = first;
    while (endOfBandRun == 0 && index <= last) {
      bits.fill();
      int symbol = tables[0].decode(bits);
      int run = symbol >> 4;
      int category = symbol & 0xf;
      if (category == 0 && run < ZERO_RUN) {
        endOfBandRun = endOfBandRun(run);
        break;
      }
      if (category > 1) {
        throw PixelDataException.malformed("JPEG refinement by more than a bit");
      }
      int found = category == 0 ? 0 : bits.bit() == 1 ? 1 << low : -1 << low;
      index = refineUpTo(run, values, at, index);
      if (found != 0) {
        if (index > last) {
          throw tooMany();
        }
        values[at + ZIGZAG[index]] = (short) found;
      }
      index++;
    }
    if (endOfBandRun > 0) {
      refineUpTo(Integer.MAX_VALUE, values, at, index);
      endOfBandRun--;
    }
  }

  /** Gives a bit to each coefficient that has some, until after {@code zeros} there is one more. */
  private int refineUpTo(int zeros, short[] values, int at, int from) {
    int left = zeros;
    int index = from;
    for (; index <= last; index++) {
      int place = at + ZIGZAG[index];
      int value = values[place];
      if (value == 0) {
        if (left-- == 0) {
          break;
        }
      } else if (bits.bit() == 1) {
        values[place] = (short) (value + (value > 0 ? 1 << low : -1 << low));
      }
    }
    return index;
  }

  /** How many blocks a run of category {@code run} ends, this one included. */
  private int endOfBandRun(int run) {
    if (run == 0) {
      return 1;
    }
    bits.fill();
    return (1 << run) + bits.take(run);
  }

  private static PixelDataException tooMany() {
    return PixelDataException.malformed("JPEG block of too many coefficients");
  }
}
