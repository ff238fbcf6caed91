package io.overread.dicom.pixel;

import java.util.List;

/**
 * The order in which a scan has its blocks (ITU-T T.81 A.2): those of a single component from left
 * to right and from top to bottom, those of several in MCUs; with restarts in between.
 */
final class DctScan {
  private static final int MOST_BLOCKS_OF_AN_MCU = 10;

  /** Decodes what comes next in the data. */
  interface BlockDecoder {

    /**
     * Decodes a block.
     *
     * @param index of the component among those of the scan
     */
    void block(int index, int blockRow, int blockColumn);

    /** Forgets what was carried over from block to block. */
    void restart();
  }

  private final List<DctComponent> components;
  private final EntropyBits bits;
  private final int restartInterval;
  private final BlockDecoder decoder;
  private int mcus;

  /**
   * Prepares a scan.
   *
   * @param components those that the scan selects
   * @param restartInterval in MCUs, 0 for no restarts
   */
  DctScan(
      List<DctComponent> components, EntropyBits bits, int restartInterval, BlockDecoder decoder) {
    this.components = components;
    this.bits = bits;
    this.restartInterval = restartInterval;
    this.decoder = decoder;
  }

  /** Decodes all blocks; refuses data that ends before they do. */
  void decode() {
    DctComponent first = components.getFirst();
    if (components.size() == 1) {
      int across = Math.ceilDiv(first.width(), DctComponent.SIDE);
      int down = Math.ceilDiv(first.height(), DctComponent.SIDE);
      for (int row = 0; row < down; row++) {
        for (int column = 0; column < across; column++) {
          restartWhereDue();
          decoder.block(0, row, column);
        }
        bits.refuseExhaustion();
      }
      return;
    }
    int blocks = components.stream().mapToInt(each -> each.horizontal() * each.vertical()).sum();
    if (blocks > MOST_BLOCKS_OF_AN_MCU) {
      throw PixelDataException.malformed("JPEG scan with MCUs of " + blocks + " blocks (B.2.3)");
    }
    for (int row = 0; row < first.blocksDown() / first.vertical(); row++) {
      for (int column = 0; column < first.blocksAcross() / first.horizontal(); column++) {
        restartWhereDue();
        decodeMcu(row, column);
      }
      bits.refuseExhaustion();
    }
  }

  private void decodeMcu(int row, int column) {
    for (int index = 0; index < components.size(); index++) {
      DctComponent component = components.get(index);
      for (int down = 0; down < component.vertical(); down++) {
        for (int across = 0; across < component.horizontal(); across++) {
          decoder.block(
              index, row * component.vertical() + down, column * component.horizontal() + across);
        }
      }
    }
  }

  private void restartWhereDue() {
    if (restartInterval > 0 && mcus > 0 && mcus % restartInterval == 0) {
      bits.restart(mcus / restartInterval - 1);
      decoder.restart();
    }
    mcus++;
  }
}
