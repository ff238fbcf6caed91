package io.overread.dicom.pixel;

/**
 * An encoder of JPEG Lossless (ITU-T T.81 Annex H) for tests, plain and slow.
 *
 * @param restartRows lines between restart markers; 0 for none
 * @param interleaved whether one scan has all components
 */
public record GeneratedLossless(
    int width,
    int height,
    int components,
    int precision,
    int predictor,
    int pointTransform,
    int restartRows,
    boolean interleaved) {

  /** A grey one with predictor 1. */
  public static GeneratedLossless gray(int width, int height, int precision) {
    return new GeneratedLossless(width, height, 1, precision, 1, 0, 0, true);
  }

  GeneratedLossless withPredictor(int selection) {
    return new GeneratedLossless(
        width, height, components, precision, selection, pointTransform, restartRows, interleaved);
  }

  GeneratedLossless withPointTransform(int shift) {
    return new GeneratedLossless(
        width, height, components, precision, predictor, shift, restartRows, interleaved);
  }

  GeneratedLossless withRestarts(int rows) {
    return new GeneratedLossless(
        width, height, components, precision, predictor, pointTransform, rows, interleaved);
  }

  GeneratedLossless ofColour(boolean inOneScan) {
    return new GeneratedLossless(
        width, height, 3, precision, predictor, pointTransform, restartRows, inOneScan);
  }

  /** The stream of samples, those of a pixel next to each other. */
  public byte[] encode(int... samples) {
    var stream = new GeneratedScan(false).marker(0xd8);
    int[] frame = new int[6 + 3 * components];
    frame[0] = precision;
    frame[1] = height >> 8;
    frame[2] = height & 0xff;
    frame[3] = width >> 8;
    frame[4] = width & 0xff;
    frame[5] = components;
    for (int component = 0; component < components; component++) {
      frame[6 + 3 * component] = component + 1;
      frame[7 + 3 * component] = 0x11;
    }
    stream.segment(0xc3, frame);
    // Codes of 1 to 14 bits for the categories up to 13, of 16 bits for the other three.
    stream.segment(
        0xc4, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 3, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
        11, 12, 13, 14, 15, 16);
    if (restartRows > 0) {
      stream.segment(0xdd, (restartRows * width) >> 8, (restartRows * width) & 0xff);
    }
    if (interleaved) {
      int[] scan = new int[4 + 2 * components];
      scan[0] = components;
      for (int component = 0; component < components; component++) {
        scan[1 + 2 * component] = component + 1;
      }
      scan[1 + 2 * components] = predictor;
      scan[3 + 2 * components] = pointTransform;
      stream.segment(0xda, scan);
      encodeScan(stream, 0, components, samples);
    } else {
      for (int component = 0; component < components; component++) {
        stream.segment(0xda, 1, component + 1, 0, predictor, 0, pointTransform);
        encodeScan(stream, component, component + 1, samples);
      }
    }
    return stream.marker(0xd9).toBytes();
  }

  private void encodeScan(GeneratedScan stream, int from, int to, int[] samples) {
    for (int row = 0; row < height; row++) {
      boolean restart = row > 0 && restartRows > 0 && row % restartRows == 0;
      if (restart) {
        stream.align();
        stream.marker(0xd0 + (row / restartRows - 1) % 8);
      }
      for (int column = 0; column < width; column++) {
        for (int component = from; component < to; component++) {
          int sample = at(samples, row, column, component);
          difference(stream, sample - prediction(samples, row, column, component));
        }
      }
    }
    stream.align();
  }

  private int prediction(int[] samples, int row, int column, int component) {
    boolean first = row == 0 || (restartRows > 0 && row % restartRows == 0);
    if (first && column == 0) {
      return 1 << (precision - pointTransform - 1);
    }
    if (first) {
      return at(samples, row, column - 1, component);
    }
    int above = at(samples, row - 1, column, component);
    if (column == 0) {
      return above;
    }
    int left = at(samples, row, column - 1, component);
    int corner = at(samples, row - 1, column - 1, component);
    return switch (predictor) {
      case 1 -> left;
      case 2 -> above;
      case 3 -> corner;
      case 4 -> left + above - corner;
      case 5 -> left + Math.floorDiv(above - corner, 2);
      case 6 -> above + Math.floorDiv(left - corner, 2);
      default -> (left + above) / 2;
    };
  }

  private int at(int[] samples, int row, int column, int component) {
    return samples[(row * width + column) * components + component] >> pointTransform;
  }

  private static void difference(GeneratedScan stream, int unlimited) {
    int difference = (short) unlimited == Short.MIN_VALUE ? 1 << 15 : (short) unlimited;
    int category = Integer.SIZE - Integer.numberOfLeadingZeros(Math.abs(difference));
    if (category < 14) {
      stream.bits((1 << (category + 1)) - 2, category + 1);
    } else {
      stream.bits(0xfffc + category - 14, 16);
    }
    if (category < 16) {
      stream.bits(difference < 0 ? difference - 1 : difference, category);
    }
  }
}
