package io.overread.dicom.pixel;

import java.util.Arrays;

/**
 * Decodes single samples of JPEG-LS, and learns from each (ITU-T T.87 A.4 to A.6): the statistics
 * of the 365 contexts of the regular mode, and of the two in which runs are interrupted (A.7.2).
 */
final class JpegLsContexts {
  private static final int REGULAR_CONTEXTS = 365;
  private static final int CONTEXTS = REGULAR_CONTEXTS + 2;
  private static final int LARGEST_CORRECTION = 127;
  private static final int SMALLEST_CORRECTION = -128;
  private static final int LARGEST_K = 16;

  private final JpegLsBits bits;
  private final int near;
  private final int maximum;
  private final int step;
  private final int range;
  private final int reset;
  private final int errorBits;
  private final int limit;

  /** A: sums of the magnitudes of errors. */
  private final int[] magnitudes = new int[CONTEXTS];

  /** B: sums of errors; for the last two contexts Nn, how many were negative. */
  private final int[] biases = new int[CONTEXTS];

  /** C: corrections of the prediction. */
  private final int[] corrections = new int[REGULAR_CONTEXTS];

  /** N: occurrences. */
  private final int[] occurrences = new int[CONTEXTS];

  /** Starts with nothing learned; {@code preset} is complete. */
  JpegLsContexts(JpegLsBits bits, JpegLsPreset preset, int near) {
    this.bits = bits;
    this.near = near;
    this.maximum = preset.maximum();
    this.reset = preset.reset();
    this.step = 2 * near + 1;
    this.range = (maximum + 2 * near) / step + 1;
    this.errorBits = bitsOf(range);
    int sampleBits = Math.max(2, bitsOf(maximum + 1));
    this.limit = 2 * (sampleBits + Math.max(Byte.SIZE, sampleBits));
    forget();
  }

  /** Starts anew (A.8), as after a restart marker. */
  void forget() {
    Arrays.fill(magnitudes, Math.max(2, (range + 32) / 64));
    Arrays.fill(biases, 0);
    Arrays.fill(corrections, 0);
    Arrays.fill(occurrences, 1);
  }

  /**
   * Decodes a sample of the regular mode.
   *
   * @param context -364 to 364; the negative ones are those of the positive, mirrored (A.3.4)
   * @param left the sample Ra
   * @param above the sample Rb
   * @param aboveLeft the sample Rc
   */
  int regular(int context, int left, int above, int aboveLeft) {
    int mirrored = context >> (Integer.SIZE - 1);
    int index = (context ^ mirrored) - mirrored;
    int count = occurrences[index];
    int k = golombParameter(count, magnitudes[index]);
    int correction = (corrections[index] ^ mirrored) - mirrored;
    int predicted = held(median(left, above, aboveLeft) + correction);
    int mapped = bits.golomb(k, limit - errorBits - 1, errorBits);
    int error = mapped >> 1 ^ -(mapped & 1);
    if (k == 0 && near == 0 && 2 * biases[index] <= -count) {
      error = ~error;
    }
    learn(index, error);
    return reconstructed(predicted, (error ^ mirrored) - mirrored);
  }

  /**
   * Decodes the sample that interrupts a run.
   *
   * @param left the sample that was repeated, Ra
   * @param above the sample Rb
   * @param flat whether those two count as the same (RItype 1)
   * @param runBits J[RUNindex], by which the code words are shorter here
   */
  int interruption(int left, int above, boolean flat, int runBits) {
    int type = flat ? 1 : 0;
    int index = REGULAR_CONTEXTS + type;
    int count = occurrences[index];
    int sum = flat ? magnitudes[index] + (count >> 1) : magnitudes[index];
    int k = golombParameter(count, sum);
    int mapped = bits.golomb(k, limit - runBits - 1 - errorBits - 1, errorBits);
    int doubled = mapped + type;
    boolean map = (doubled & 1) == 1;
    int magnitude = (doubled + 1) >> 1;
    boolean negative = (k != 0 || 2 * biases[index] >= count) == map;
    if (negative && magnitude > 0) {
      biases[index]++;
    }
    magnitudes[index] += (mapped + 1 - type) >> 1;
    if (count == reset) {
      magnitudes[index] >>= 1;
      biases[index] >>= 1;
      count >>= 1;
    }
    occurrences[index] = count + 1;
    boolean mirrored = !flat && left > above;
    return reconstructed(flat ? left : above, negative == mirrored ? magnitude : -magnitude);
  }

  /** A.6.1 and A.6.2. */
  private void learn(int index, int error) {
    int count = occurrences[index];
    int bias = biases[index] + error * step;
    int magnitude = magnitudes[index] + Math.abs(error);
    if (count == reset) {
      magnitude >>= 1;
      bias >>= 1;
      count >>= 1;
    }
    count++;
    if (bias <= -count) {
      bias = Math.max(bias + count, 1 - count);
      if (corrections[index] > SMALLEST_CORRECTION) {
        corrections[index]--;
      }
    } else if (bias > 0) {
      bias = Math.min(bias - count, 0);
      if (corrections[index] < LARGEST_CORRECTION) {
        corrections[index]++;
      }
    }
    magnitudes[index] = magnitude;
    biases[index] = bias;
    occurrences[index] = count;
  }

  /** The least k for which the occurrences times 2^k reach the sum (A.5.1). */
  private static int golombParameter(int count, int sum) {
    int k = Math.max(0, Integer.numberOfLeadingZeros(count) - Integer.numberOfLeadingZeros(sum));
    return Math.min(count << k < sum ? k + 1 : k, LARGEST_K);
  }

  /** The edge-detecting prediction (A.4.1). */
  private static int median(int left, int above, int aboveLeft) {
    int least = Math.min(left, above);
    int most = Math.max(left, above);
    return aboveLeft >= most ? least : aboveLeft <= least ? most : left + above - aboveLeft;
  }

  /** A.4.4 the other way round: the sample, modulo the range and within it. */
  private int reconstructed(int predicted, int error) {
    int value = predicted + error * step;
    if (value < -near) {
      value += range * step;
    } else if (value > maximum + near) {
      value -= range * step;
    }
    return held(value);
  }

  private int held(int value) {
    return Math.max(0, Math.min(value, maximum));
  }

  /** The logarithm to the base of 2, rounded up. */
  private static int bitsOf(int values) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(values - 1);
  }
}
