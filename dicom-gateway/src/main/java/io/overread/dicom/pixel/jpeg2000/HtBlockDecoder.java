package io.overread.dicom.pixel.jpeg2000;

import java.util.Arrays;

/**
 * Decodes high-throughput code-blocks (T.814 clause 7): a cleanup pass, which codes quads of two by
 * two samples, then a significance propagation and a magnitude refinement pass if they are there.
 */
final class HtBlockDecoder implements BlockDecoder {
  private static final int SHORTEST_SUFFIX = 2;
  private static final int LONGEST_SUFFIX = 4079;

  /** Bits of twice a magnitude. */
  private static final int MOST_BITS = 29;

  private final HtForwardBits magnitudes = new HtForwardBits(true);
  private final HtBackwardBits codewords = new HtBackwardBits();
  private final HtRuns runs = new HtRuns();
  private final HtRefinement refinement;
  private int[] values = {};
  private int width;
  private int height;
  private int plane;
  private int mostExponent;

  /** Of the quads above: their significance, with one more at each end. */
  private int[] above = {};

  private int[] current = {};

  /** Of the samples above: their exponents, with one more at the left and two at the right. */
  private int[] exponentsAbove = {};

  private int[] exponents = {};

  HtBlockDecoder(CodingStyle coding) {
    refinement = new HtRefinement(coding.has(CodingStyle.VERTICALLY_CAUSAL));
  }

  @Override
  public int[] decode(CodeBlock block, byte[] data, Band band) {
    // A set of passes makes those before it needless.
    int set = (block.segments() - 1) / 2;
    int from = 0;
    for (int segment = 0; segment < 2 * set; segment++) {
      from += block.segmentLength(segment);
    }
    plane = band.magnitude().bitPlanes() - 1 - block.zeroBitPlanes - set;
    mostExponent = block.zeroBitPlanes + set + 2;
    if (plane < 0) {
      throw CodestreamException.malformed("code-block of too many passes");
    }
    prepare(block);
    int to = from + block.segmentLength(2 * set);
    start(data, from, to);
    decodeQuads();
    if (2 * set + 1 < block.segments() && plane > 0) {
      refinement.decode(values, block, plane - 1);
      refinement.decodeSignificance(data, to, to + block.segmentLength(2 * set + 1));
      if (block.segmentPasses(2 * set + 1) > 1) {
        refinement.decodeMagnitudes(data, to, to + block.segmentLength(2 * set + 1));
      }
    }
    return values;
  }

  private void prepare(CodeBlock block) {
    width = block.width;
    height = block.height;
    int quads = (width + 1) / 2;
    if (values.length < width * height) {
      values = new int[width * height];
    }
    Arrays.fill(values, 0, width * height, 0);
    if (above.length < quads + 3) {
      above = new int[quads + 3];
      current = new int[quads + 3];
      exponentsAbove = new int[2 * quads + 5];
      exponents = new int[2 * quads + 5];
    }
    Arrays.fill(above, 0);
    Arrays.fill(current, 0);
    Arrays.fill(exponentsAbove, 0);
    Arrays.fill(exponents, 0);
  }

  /** Divides the cleanup segment: its last bytes tell where its suffix starts (T.814 7.1). */
  private void start(byte[] data, int from, int to) {
    int length = to - from;
    int suffix = length < SHORTEST_SUFFIX ? 0 : (data[to - 1] & 0xff) << 4 | data[to - 2] & 0xf;
    if (suffix < SHORTEST_SUFFIX || suffix > Math.min(length, LONGEST_SUFFIX)) {
      throw CodestreamException.malformed("code-block is damaged");
    }
    // The half of a byte that belonged to that length counts as ones.
    data[to - 2] |= 0xf;
    magnitudes.start(data, from, to - suffix);
    runs.start(data, to - suffix, to - 1);
    codewords.startWithHalf(data, to - suffix, to - 1);
  }

  private void decodeQuads() {
    for (int row = 0; row < height; row += 2) {
      boolean first = row == 0;
      short[] table = first ? HtCodewords.FIRST : HtCodewords.OTHERS;
      for (int quad = 0; 2 * quad < width; quad += 2) {
        int left = entry(quad, first, table);
        int right = 2 * quad + 2 < width ? entry(quad + 1, first, table) : 0;
        long offsets = exponentOffsets(left, right, first);
        decodeSamples(row, quad, left, (int) offsets);
        decodeSamples(row, quad + 1, right, (int) (offsets >> Integer.SIZE));
      }
      int[] done = above;
      above = current;
      current = done;
      Arrays.fill(current, 0);
      done = exponentsAbove;
      exponentsAbove = exponents;
      exponents = done;
      Arrays.fill(exponents, 0);
    }
  }

  /** Decodes the significance of a quad, in the context of its neighbours (T.814 7.3.5). */
  private int entry(int quad, boolean first, short[] table) {
    int left = current[quad];
    int context;
    if (first) {
      context = (left | left >> 1) & 1 | left >> 1 & 6;
    } else {
      int over = above[quad + 1];
      context =
          (above[quad] >> 3 | over >> 1) & 1
              | (left >> 1 | left >> 2) & 2
              | (over >> 1 | above[quad + 2] << 1) & 4;
    }
    if (context == 0 && runs.event() == 0) {
      return 0;
    }
    int bits = codewords.peek() & (1 << HtCodewords.BITS) - 1;
    int entry = table[context << HtCodewords.BITS | bits];
    codewords.skip(HtCodewords.length(entry));
    current[quad + 1] = HtCodewords.significance(entry);
    return entry;
  }

  /** Decodes u of two quads (T.814 7.3); that of the right one is in the upper half. */
  private long exponentOffsets(int left, int right, boolean first) {
    int both = HtCodewords.offset(left) + HtCodewords.offset(right);
    if (both == 0) {
      return 0;
    }
    if (both == 1) {
      long alone = suffixed(prefix());
      return HtCodewords.offset(left) == 1 ? alone : alone << Integer.SIZE;
    }
    int more = first ? 2 * runs.event() : 0;
    int leftPrefix = prefix();
    if (first && more == 0 && leftPrefix > 2) {
      long rightOffset = 1 + codewords.take(1);
      return suffixed(leftPrefix) | rightOffset << Integer.SIZE;
    }
    int rightPrefix = prefix();
    int leftSuffix = suffix(leftPrefix);
    int rightSuffix = suffix(rightPrefix);
    long leftOffset = more + extended(leftPrefix, leftSuffix);
    long rightOffset = more + extended(rightPrefix, rightSuffix);
    return leftOffset | rightOffset << Integer.SIZE;
  }

  private int suffixed(int prefix) {
    return extended(prefix, suffix(prefix));
  }

  /** 1, 2, 3 or 5, which more bits are added to. */
  private int prefix() {
    int bits = codewords.peek();
    if ((bits & 1) == 1) {
      codewords.skip(1);
      return 1;
    }
    if ((bits & 2) == 2) {
      codewords.skip(2);
      return 2;
    }
    codewords.skip(3);
    return (bits & 4) == 4 ? 3 : 5;
  }

  private int suffix(int prefix) {
    return prefix < 3 ? 0 : codewords.take(prefix == 3 ? 1 : 5);
  }

  private int extended(int prefix, int suffix) {
    return prefix + suffix + (suffix < 28 ? 0 : codewords.take(4) << 2);
  }

  /** Decodes magnitudes and signs of a quad (T.814 7.3). */
  private void decodeSamples(int row, int quad, int entry, int offset) {
    int significance = HtCodewords.significance(entry);
    if (significance == 0) {
      return;
    }
    int column = 2 * quad;
    int exponent = offset + 1;
    if ((significance & (significance - 1)) != 0) {
      // Exponents lie one to the right of their column.
      int most =
          Math.max(
              Math.max(exponentsAbove[column], exponentsAbove[column + 1]),
              Math.max(exponentsAbove[column + 2], exponentsAbove[column + 3]));
      exponent = offset + Math.max(1, most - 1);
    }
    if (exponent > mostExponent) {
      throw CodestreamException.malformed("code-block is damaged");
    }
    if (exponent + plane > MOST_BITS) {
      throw CodestreamException.unsupported("code-block of too many bit-planes");
    }
    int known = HtCodewords.known(entry);
    int ones = HtCodewords.ones(entry);
    for (int sample = 0; sample < 4; sample++) {
      if ((significance >> sample & 1) == 1) {
        int size = exponent - (known >> sample & 1);
        int coded = magnitudes.take(size) | (ones >> sample & 1) << size;
        put(row + (sample & 1), column + (sample >> 1), coded);
      }
    }
  }

  private void put(int row, int column, int coded) {
    if (row >= height || column >= width) {
      return;
    }
    int magnitude = (coded | 1) + 2 << plane;
    values[row * width + column] = (coded & 1) == 0 ? magnitude : -magnitude;
    if ((row & 1) == 1) {
      exponents[column + 1] = Integer.SIZE - Integer.numberOfLeadingZeros(coded | 1);
    }
  }
}
