package io.overread.dicom.pixel.jpeg2000;

import java.util.Arrays;

/** The significance propagation and the magnitude refinement pass (T.814 7.4, 7.5). */
final class HtRefinement {
  private static final int STRIPE = 4;
  private static final byte CLEANED = 1;
  private static final byte PROPAGATED = 2;

  private final boolean causal;
  private final HtForwardBits forward = new HtForwardBits(false);
  private final HtBackwardBits backward = new HtBackwardBits();
  private int[] values = {};
  private int width;
  private int height;
  private int plane;

  /** In which pass a sample became significant, with a border of one. */
  private byte[] passes = {};

  private int stride;

  HtRefinement(boolean causal) {
    this.causal = causal;
  }

  /** Prepares for what a cleanup pass made, of which the bits of a plane are to be refined. */
  void decode(int[] cleaned, CodeBlock block, int refined) {
    values = cleaned;
    width = block.width;
    height = block.height;
    plane = refined;
    stride = width + 2;
    int size = stride * (height + 2);
    if (passes.length < size) {
      passes = new byte[size];
    }
    Arrays.fill(passes, (byte) 0);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        if (values[row * width + column] != 0) {
          passes[(row + 1) * stride + column + 1] = CLEANED;
        }
      }
    }
  }

  /** Four columns of a stripe have their significance first, then their signs. */
  void decodeSignificance(byte[] data, int from, int to) {
    forward.start(data, from, to);
    for (int row = 0; row < height; row += STRIPE) {
      int endRow = Math.min(row + STRIPE, height);
      for (int column = 0; column < width; column += STRIPE) {
        int endColumn = Math.min(column + STRIPE, width);
        int found = 0;
        int bit = 1;
        for (int x = column; x < endColumn; x++) {
          for (int y = row; y < endRow; y++, bit <<= 1) {
            if (propagates(x, y, y == row + STRIPE - 1) && forward.take(1) == 1) {
              passes[(y + 1) * stride + x + 1] = PROPAGATED;
              found |= bit;
            }
          }
        }
        bit = 1;
        for (int x = column; x < endColumn && found != 0; x++) {
          for (int y = row; y < endRow; y++, bit <<= 1) {
            if ((found & bit) != 0) {
              values[y * width + x] = forward.take(1) == 0 ? 3 << plane : -(3 << plane);
            }
          }
        }
      }
    }
  }

  /** Refines what the cleanup pass found. */
  void decodeMagnitudes(byte[] data, int from, int to) {
    backward.start(data, from, to);
    for (int row = 0; row < height; row += STRIPE) {
      int endRow = Math.min(row + STRIPE, height);
      for (int x = 0; x < width; x++) {
        for (int y = row; y < endRow; y++) {
          if (passes[(y + 1) * stride + x + 1] == CLEANED) {
            int value = values[y * width + x];
            int change = backward.take(1) == 1 ? 1 << plane : -(1 << plane);
            values[y * width + x] = value < 0 ? value - change : value + change;
          }
        }
      }
    }
  }

  /** Whether a sample is not significant but one around it is. */
  private boolean propagates(int x, int y, boolean lastOfStripe) {
    int at = (y + 1) * stride + x + 1;
    if (passes[at] != 0) {
      return false;
    }
    int around =
        passes[at - stride - 1]
            | passes[at - stride]
            | passes[at - stride + 1]
            | passes[at - 1]
            | passes[at + 1];
    if (!lastOfStripe || !causal) {
      around |= passes[at + stride - 1] | passes[at + stride] | passes[at + stride + 1];
    }
    return around != 0;
  }
}
