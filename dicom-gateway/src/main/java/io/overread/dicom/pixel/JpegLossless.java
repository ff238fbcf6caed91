package io.overread.dicom.pixel;

import java.util.List;

/**
 * JPEG Lossless, process 14 (ITU-T T.81 Annex H): each sample is predicted from its neighbours, and
 * the differences are Huffman coded. Components must not be subsampled.
 */
final class JpegLossless {
  private static final int LARGEST_DIFFERENCE_CATEGORY = 16;
  private static final int WORD = 0xffff;

  private final JpegStream stream;
  private final ImagePixel image;
  private final SampleCells cells;
  private final JpegTables tables = new JpegTables();
  private final boolean[] decoded;

  private JpegLossless(JpegStream stream, ImagePixel image) {
    this.stream = stream;
    this.image = image;
    this.cells = new SampleCells(image, stream.precision());
    this.decoded = new boolean[stream.components().size()];
  }

  /**
   * Decodes a stream of 2 to 16 bits.
   *
   * @param image of the size and with the components that the stream has
   * @return cells of {@link SampleCells}, 16 bits as they come from the prediction
   */
  static byte[] decode(JpegStream stream, ImagePixel image) {
    if (stream.precision() < 2 || stream.precision() > Short.SIZE) {
      throw PixelDataException.malformed(stream.description());
    }
    JpegStream.Component first = stream.components().getFirst();
    for (JpegStream.Component component : stream.components()) {
      if (component.horizontal() != first.horizontal()
          || component.vertical() != first.vertical()) {
        throw PixelDataException.unsupported("JPEG Lossless with subsampled components");
      }
    }
    return new JpegLossless(stream, image).decode();
  }

  private byte[] decode() {
    for (JpegSegment segment : stream.segments()) {
      if (segment.marker() == JpegStream.SOS) {
        decodeScan(segment);
      } else {
        tables.define(segment);
      }
    }
    for (boolean complete : decoded) {
      if (!complete) {
        throw PixelDataException.malformed("JPEG stream without a scan of each component");
      }
    }
    return cells.bytes();
  }

  private void decodeScan(JpegSegment segment) {
    JpegScan scan = JpegScan.read(segment, stream.components());
    if (scan.first() < 1 || scan.first() > 7 || scan.low() >= stream.precision()) {
      throw PixelDataException.malformed(
          "JPEG Lossless with predictor %d, point transform %d"
              .formatted(scan.first(), scan.low()));
    }
    for (JpegScan.Selected selected : scan.selected()) {
      if (decoded[selected.component()]) {
        throw PixelDataException.malformed("JPEG stream with two scans of a component");
      }
      decoded[selected.component()] = true;
    }
    decodeRows(scan, new EntropyBits(segment));
  }

  private void decodeRows(JpegScan scan, EntropyBits bits) {
    int columns = image.columns();
    int interval = tables.restartInterval();
    if (interval % columns != 0) {
      throw PixelDataException.malformed("JPEG Lossless with restarts within a line (H.1.1)");
    }
    int rowsBetweenRestarts = interval == 0 ? image.rows() : interval / columns;
    List<JpegScan.Selected> selected = scan.selected();
    HuffmanTable[] huffman =
        selected.stream().map(each -> tables.dc(each.dcTable())).toArray(HuffmanTable[]::new);
    int[][] above = new int[huffman.length][columns];
    int[][] current = new int[huffman.length][columns];
    for (int row = 0; row < image.rows(); row++) {
      boolean restarted = row % rowsBetweenRestarts == 0;
      if (restarted && row > 0) {
        bits.restart(row / rowsBetweenRestarts - 1);
      }
      readDifferences(bits, huffman, current, columns);
      bits.refuseExhaustion();
      for (int index = 0; index < huffman.length; index++) {
        int[] line = current[index];
        if (restarted) {
          addToLeft(line, 1 << (stream.precision() - scan.low() - 1));
        } else {
          addPrediction(scan.first(), line, above[index]);
        }
        output(row, selected.get(index).component(), line, above[index], scan.low());
        current[index] = above[index];
        above[index] = line;
      }
    }
  }

  /** Writes a line, scaled up again (A.4); {@code spare} is needed no more. */
  private void output(int row, int component, int[] line, int[] spare, int pointTransform) {
    if (pointTransform == 0) {
      cells.put(row, component, line, 0);
      return;
    }
    for (int column = 0; column < line.length; column++) {
      spare[column] = line[column] << pointTransform;
    }
    cells.put(row, component, spare, 0);
  }

  /** The differences of a line (H.1.2.2), the components of a pixel next to each other. */
  private static void readDifferences(
      EntropyBits bits, HuffmanTable[] huffman, int[][] lines, int columns) {
    if (huffman.length == 1) {
      HuffmanTable table = huffman[0];
      int[] line = lines[0];
      for (int column = 0; column < columns; column++) {
        line[column] = difference(bits, table);
      }
      return;
    }
    for (int column = 0; column < columns; column++) {
      for (int index = 0; index < huffman.length; index++) {
        lines[index][column] = difference(bits, huffman[index]);
      }
    }
  }

  private static int difference(EntropyBits bits, HuffmanTable table) {
    bits.fill();
    int category = table.decode(bits);
    if (category == 0) {
      return 0;
    }
    if (category < LARGEST_DIFFERENCE_CATEGORY) {
      return bits.signed(category);
    }
    if (category > LARGEST_DIFFERENCE_CATEGORY) {
      throw PixelDataException.malformed("JPEG Lossless difference of category " + category);
    }
    return 1 << (LARGEST_DIFFERENCE_CATEGORY - 1);
  }

  /** The first line, and the first after a restart (H.1.2.1): the sample to the left predicts. */
  private static void addToLeft(int[] line, int start) {
    int left = start;
    for (int column = 0; column < line.length; column++) {
      left = (left + line[column]) & WORD;
      line[column] = left;
    }
  }

  /** Differences to samples, modulo 2^16 (H.2.1), with a predictor of Table H.1. */
  private static void addPrediction(int predictor, int[] line, int[] above) {
    int left = (above[0] + line[0]) & WORD;
    line[0] = left;
    switch (predictor) {
      case 1 -> {
        for (int column = 1; column < line.length; column++) {
          left = (left + line[column]) & WORD;
          line[column] = left;
        }
      }
      case 2 -> {
        for (int column = 1; column < line.length; column++) {
          line[column] = (above[column] + line[column]) & WORD;
        }
      }
      case 3 -> {
        for (int column = 1; column < line.length; column++) {
          line[column] = (above[column - 1] + line[column]) & WORD;
        }
      }
      case 4 -> {
        for (int column = 1; column < line.length; column++) {
          left = (left + above[column] - above[column - 1] + line[column]) & WORD;
          line[column] = left;
        }
      }
      case 5 -> {
        for (int column = 1; column < line.length; column++) {
          left = (left + ((above[column] - above[column - 1]) >> 1) + line[column]) & WORD;
          line[column] = left;
        }
      }
      case 6 -> {
        for (int column = 1; column < line.length; column++) {
          left = (above[column] + ((left - above[column - 1]) >> 1) + line[column]) & WORD;
          line[column] = left;
        }
      }
      default -> {
        for (int column = 1; column < line.length; column++) {
          left = (((left + above[column]) >> 1) + line[column]) & WORD;
          line[column] = left;
        }
      }
    }
  }
}
