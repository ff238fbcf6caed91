package io.overread.dicom.pixel.jpeg2000;

import java.util.Arrays;

/**
 * Decodes code-blocks bit-plane by bit-plane (Annex D). Four samples of a column, a stripe high,
 * share a word of flags: the significance of these and of their neighbours, six rows of three from
 * the lowest bit on; the signs of the six samples of the middle column; which of the four were
 * refined; which were coded in the bit-plane already.
 */
final class Ebcot implements BlockDecoder {
  private static final int STRIPE = 4;
  private static final int SIGNIFICANCE = (1 << 18) - 1;
  private static final int WINDOW = 0x1ff;
  private static final int CENTRE = 1 << 4;
  private static final int CENTRES = CENTRE | CENTRE << 3 | CENTRE << 6 | CENTRE << 9;
  private static final int SIGNS = 18;
  private static final int REFINED = 24;
  private static final int CODED = 28;
  private static final int ALL_CODED = 0xf << CODED;
  private static final int MOST_BIT_PLANES = 30;
  private static final int SEGMENTATION_SYMBOL = 0b1010;

  /** Passes before those that may bypass the coder (D.6). */
  private static final int NEVER_BYPASSED = 10;

  private final boolean bypass;
  private final boolean reset;
  private final boolean causal;
  private final boolean symbols;
  private final MqDecoder mq = new MqDecoder();
  private final RawBits raw = new RawBits();
  private int[] values = {};
  private int[] flags = {};
  private byte[] zeroCoding = {};
  private int width;
  private int height;

  /** Words of flags of a stripe, one more at each end. */
  private int stride;

  Ebcot(CodingStyle coding) {
    bypass = coding.has(CodingStyle.BYPASS);
    reset = coding.has(CodingStyle.RESET);
    causal = coding.has(CodingStyle.VERTICALLY_CAUSAL);
    symbols = coding.has(CodingStyle.SEGMENTATION_SYMBOLS);
  }

  @Override
  public int[] decode(CodeBlock block, byte[] data, Band band) {
    int planes = band.magnitude().bitPlanes() - block.zeroBitPlanes;
    if (planes > MOST_BIT_PLANES) {
      throw CodestreamException.unsupported("code-block of " + planes + " bit-planes");
    }
    if (block.passes() > 3 * planes - 2) {
      throw CodestreamException.malformed("code-block of too many passes");
    }
    prepare(block);
    zeroCoding = Contexts.zeroCoding(band);
    mq.forget();
    int pass = 2;
    int from = 0;
    for (int segment = 0; segment < block.segments(); segment++) {
      int to = from + block.segmentLength(segment);
      boolean bypassed = bypass && pass - 2 >= NEVER_BYPASSED && pass % 3 < 2;
      if (bypassed) {
        raw.start(data, from, to);
      } else {
        mq.start(data, from, to);
      }
      for (int left = block.segmentPasses(segment); left > 0; left--) {
        decodePass(pass % 3, planes - 1 - pass / 3, bypassed);
        pass++;
      }
      from = to;
    }
    return values;
  }

  private void prepare(CodeBlock block) {
    width = block.width;
    height = block.height;
    stride = width + 2;
    int samples = width * height;
    int words = stride * (Math.ceilDiv(height, STRIPE) + 2);
    if (values.length < samples) {
      values = new int[samples];
    } else {
      Arrays.fill(values, 0, samples, 0);
    }
    if (flags.length < words) {
      flags = new int[words];
    } else {
      Arrays.fill(flags, 0, words, 0);
    }
  }

  private void decodePass(int kind, int plane, boolean bypassed) {
    for (int row = 0; row < height; row += STRIPE) {
      int rows = Math.min(STRIPE, height - row);
      switch (kind) {
        case 0 -> {
          if (bypassed) {
            significanceBypassed(row, rows, plane);
          } else {
            significance(row, rows, plane);
          }
        }
        case 1 -> {
          if (bypassed) {
            refinementBypassed(row, rows, plane);
          } else {
            refinement(row, rows, plane);
          }
        }
        default -> cleanup(row, rows, plane);
      }
    }
    if (kind == 2 && symbols) {
      int symbol = 0;
      for (int index = 0; index < STRIPE; index++) {
        symbol = symbol << 1 | mq.decode(MqDecoder.UNIFORM);
      }
      if (symbol != SEGMENTATION_SYMBOL) {
        throw CodestreamException.malformed("code-block is damaged");
      }
    }
    if (reset) {
      mq.forget();
    }
  }

  /** D.3.1. */
  private void significance(int row, int rows, int plane) {
    int word = (row / STRIPE + 1) * stride + 1;
    for (int column = 0; column < width; column++, word++) {
      if ((flags[word] & SIGNIFICANCE) == 0) {
        continue;
      }
      for (int index = 0; index < rows; index++) {
        int window = flags[word] >>> 3 * index & WINDOW;
        if (window != 0 && (window & CENTRE) == 0) {
          if (mq.decode(zeroCoding[window]) == 1) {
            becomeSignificant(word, index, (row + index) * width + column, plane);
          }
          flags[word] |= 1 << CODED + index;
        }
      }
    }
  }

  private void significanceBypassed(int row, int rows, int plane) {
    int word = (row / STRIPE + 1) * stride + 1;
    for (int column = 0; column < width; column++, word++) {
      for (int index = 0; index < rows; index++) {
        int window = flags[word] >>> 3 * index & WINDOW;
        if (window != 0 && (window & CENTRE) == 0) {
          if (raw.bit() == 1) {
            int sign = raw.bit();
            mark(word, index, sign);
            values[(row + index) * width + column] = sign == 0 ? 3 << plane : -(3 << plane);
          }
          flags[word] |= 1 << CODED + index;
        }
      }
    }
  }

  /** D.3.3. */
  private void refinement(int row, int rows, int plane) {
    int word = (row / STRIPE + 1) * stride + 1;
    for (int column = 0; column < width; column++, word++) {
      int flag = flags[word];
      if ((flag & CENTRES) == 0) {
        continue;
      }
      for (int index = 0; index < rows; index++) {
        if (refined(flag, index)) {
          int context =
              (flag >>> REFINED + index & 1) == 1
                  ? Contexts.laterRefinement()
                  : Contexts.firstRefinement(flag >>> 3 * index);
          refine((row + index) * width + column, mq.decode(context), plane);
          flag |= 1 << REFINED + index;
        }
      }
      flags[word] = flag;
    }
  }

  private void refinementBypassed(int row, int rows, int plane) {
    int word = (row / STRIPE + 1) * stride + 1;
    for (int column = 0; column < width; column++, word++) {
      for (int index = 0; index < rows; index++) {
        if (refined(flags[word], index)) {
          refine((row + index) * width + column, raw.bit(), plane);
          flags[word] |= 1 << REFINED + index;
        }
      }
    }
  }

  private static boolean refined(int flag, int index) {
    return (flag >>> 3 * index & CENTRE) != 0 && (flag >>> CODED + index & 1) == 0;
  }

  /** A value ends with a one below the bits that are known; that one becomes the next bit. */
  private void refine(int at, int bit, int plane) {
    int value = values[at];
    int change = bit == 1 ? 1 << plane : -(1 << plane);
    values[at] = value < 0 ? value - change : value + change;
  }

  /** D.3.4. */
  private void cleanup(int row, int rows, int plane) {
    int word = (row / STRIPE + 1) * stride + 1;
    for (int column = 0; column < width; column++, word++) {
      int index = 0;
      if (flags[word] == 0 && rows == STRIPE) {
        if (mq.decode(MqDecoder.RUN) == 0) {
          continue;
        }
        index = mq.decode(MqDecoder.UNIFORM) << 1;
        index |= mq.decode(MqDecoder.UNIFORM);
        becomeSignificant(word, index, (row + index) * width + column, plane);
        index++;
      }
      for (; index < rows; index++) {
        int flag = flags[word];
        int window = flag >>> 3 * index & WINDOW;
        if ((window & CENTRE) == 0
            && (flag >>> CODED + index & 1) == 0
            && mq.decode(zeroCoding[window]) == 1) {
          becomeSignificant(word, index, (row + index) * width + column, plane);
        }
      }
      flags[word] &= ~ALL_CODED;
    }
  }

  /** Decodes the sign (D.3.2). */
  private void becomeSignificant(int word, int index, int at, int plane) {
    int flag = flags[word];
    int around = flag >>> 3 * index;
    int signs = flag >>> SIGNS + index;
    int neighbours =
        around >>> 3 & 1
            | (flags[word - 1] >>> SIGNS + 1 + index & 1) << 1
            | (around >>> 5 & 1) << 2
            | (flags[word + 1] >>> SIGNS + 1 + index & 1) << 3
            | (around >>> 1 & 1) << 4
            | (signs & 1) << 5
            | (around >>> 7 & 1) << 6
            | (signs >>> 2 & 1) << 7;
    int coding = Contexts.SIGN_CODING[neighbours];
    int sign = mq.decode(coding & 0x1f) ^ coding >>> 7 & 1;
    mark(word, index, sign);
    values[at] = sign == 0 ? 3 << plane : -(3 << plane);
  }

  /** Tells a sample and its neighbours that it is significant. */
  private void mark(int word, int index, int sign) {
    int middle = 1 << 3 * index + 4;
    flags[word - 1] |= middle << 1;
    flags[word] |= middle | sign << SIGNS + 1 + index;
    flags[word + 1] |= middle >> 1;
    if (index == 0 && !causal) {
      flags[word - stride - 1] |= 1 << 17;
      flags[word - stride] |= 1 << 16 | sign << SIGNS + 5;
      flags[word - stride + 1] |= 1 << 15;
    }
    if (index == STRIPE - 1) {
      flags[word + stride - 1] |= 1 << 2;
      flags[word + stride] |= 1 << 1 | sign << SIGNS;
      flags[word + stride + 1] |= 1;
    }
  }
}
