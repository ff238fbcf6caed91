package io.overread.dicom.pixel;

import java.util.Arrays;

/**
 * The inverse cosine transform of a block (ITU-T T.81 A.3.3) in whole numbers, after Loeffler,
 * Ligtenberg and Moschytz (ICASSP 1989): eleven multiplications a line. Constants have 13 bits
 * after the point and the lines of the first pass two more than their values (one for 12 bits, so
 * that 32 bits suffice), as with the Independent JPEG Group's "slow integer" transform, which DCMTK
 * uses: roundings fall alike, and the samples are the same.
 */
final class InverseDct {
  private static final int SIDE = 8;
  private static final int BLOCK = SIDE * SIDE;
  private static final int POINT = 13;

  private static final int COS_6 = fixed(0.541196100); // sqrt(2) cos(6 pi/16)
  private static final int COS_2_MINUS_6 = fixed(0.765366865);
  private static final int COS_2_PLUS_6 = fixed(1.847759065);
  private static final int COS_3 = fixed(1.175875602);
  private static final int COS_3_MINUS_5 = fixed(0.390180644);
  private static final int COS_3_PLUS_5 = fixed(1.961570560);
  private static final int COS_3_MINUS_7 = fixed(0.899976223);
  private static final int COS_1_PLUS_3 = fixed(2.562915447);
  private static final int FOR_7 = fixed(0.298631336);
  private static final int FOR_5 = fixed(2.053119869);
  private static final int FOR_3 = fixed(3.072711026);
  private static final int FOR_1 = fixed(1.501321110);

  private final int surplus;
  private final int center;
  private final int maximum;
  private final int[] work = new int[BLOCK];

  /**
   * For samples of 8 or 12 bits.
   *
   * @param maximum what no sample exceeds, 2^{@code precision} - 1 at most
   */
  InverseDct(int precision, int maximum) {
    this.surplus = precision == Byte.SIZE ? 2 : 1;
    this.center = 1 << (precision - 1);
    this.maximum = maximum;
  }

  /**
   * Transforms a block, shifts its level and holds the samples within their range.
   *
   * @param coefficients dequantized, row by row
   * @param blocks where the samples go, row by row, from {@code at} on
   */
  void transform(int[] coefficients, short[] blocks, int at) {
    for (int column = 0; column < SIDE; column++) {
      pass(coefficients, column, SIDE, POINT - surplus);
    }
    for (int row = 0; row < SIDE; row++) {
      pass(work, row * SIDE, 1, POINT + surplus + 3);
    }
    for (int index = 0; index < BLOCK; index++) {
      blocks[at + index] = sample(work[index]);
    }
  }

  /** As {@link #transform} of a block that has no other coefficient than the first. */
  void transformFlat(int coefficient, short[] blocks, int at) {
    int shift = surplus + 3;
    int level = ((coefficient << surplus) + (1 << (shift - 1))) >> shift;
    Arrays.fill(blocks, at, at + BLOCK, sample(level));
  }

  private short sample(int level) {
    return (short) Math.max(0, Math.min(level + center, maximum));
  }

  /** One line of eight, {@code step} apart, from {@code in} to the same places of the work. */
  private void pass(int[] in, int first, int step, int shift) {
    int at1 = first + step;
    int at2 = at1 + step;
    int at3 = at2 + step;
    int at4 = at3 + step;
    int at5 = at4 + step;
    int at6 = at5 + step;
    int at7 = at6 + step;
    int rounding = 1 << (shift - 1);
    if ((in[at1] | in[at2] | in[at3] | in[at4] | in[at5] | in[at6] | in[at7]) == 0) {
      int flat = ((in[first] << POINT) + rounding) >> shift;
      work[first] = flat;
      work[at1] = flat;
      work[at2] = flat;
      work[at3] = flat;
      work[at4] = flat;
      work[at5] = flat;
      work[at6] = flat;
      work[at7] = flat;
      return;
    }
    // Even coefficients: a transform of four points.
    int turned = (in[at2] + in[at6]) * COS_6;
    int even2 = turned + in[at2] * COS_2_MINUS_6;
    int even3 = turned - in[at6] * COS_2_PLUS_6;
    int even0 = ((in[first] + in[at4]) << POINT) + rounding;
    int even1 = ((in[first] - in[at4]) << POINT) + rounding;
    int half0 = even0 + even2;
    int half3 = even0 - even2;
    int half1 = even1 + even3;
    int half2 = even1 - even3;
    // Odd coefficients.
    int odd7 = in[at7];
    int odd5 = in[at5];
    int odd3 = in[at3];
    int odd1 = in[at1];
    int shared = (odd7 + odd3 + odd5 + odd1) * COS_3;
    int sum71 = -(odd7 + odd1) * COS_3_MINUS_7;
    int sum53 = -(odd5 + odd3) * COS_1_PLUS_3;
    int sum73 = shared - (odd7 + odd3) * COS_3_PLUS_5;
    int sum51 = shared - (odd5 + odd1) * COS_3_MINUS_5;
    int out3 = odd7 * FOR_7 + sum71 + sum73;
    int out2 = odd5 * FOR_5 + sum53 + sum51;
    int out1 = odd3 * FOR_3 + sum53 + sum73;
    int out0 = odd1 * FOR_1 + sum71 + sum51;
    work[first] = (half0 + out0) >> shift;
    work[at7] = (half0 - out0) >> shift;
    work[at1] = (half1 + out1) >> shift;
    work[at6] = (half1 - out1) >> shift;
    work[at2] = (half2 + out2) >> shift;
    work[at5] = (half2 - out2) >> shift;
    work[at3] = (half3 + out3) >> shift;
    work[at4] = (half3 - out3) >> shift;
  }

  private static int fixed(double constant) {
    return (int) Math.round(constant * (1 << POINT));
  }
}
