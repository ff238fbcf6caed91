package io.overread.dicom.pixel.jpeg2000;

/**
 * A sub-band of a tile-component.
 *
 * @param area in its own coordinates
 * @param right 1 when it holds the high frequencies across
 * @param lower 1 when it holds the high frequencies down
 * @param x where it lies in the plane of its component
 * @param y where it lies in the plane of its component
 * @param magnitude how its coefficients are coded
 */
record Band(Area area, int right, int lower, int x, int y, Magnitude magnitude) {

  /**
   * How the coefficients of a band are coded.
   *
   * @param bitPlanes most bit-planes of a coefficient, Mb (E-2), those of a region of interest
   *     included
   * @param step the quantization step (E-3)
   * @param shift by how many bits a region of interest is shifted up
   */
  record Magnitude(int bitPlanes, float step, int shift) {
    private static final int MOST_SHIFT = 37;
    private static final float MANTISSAS = 2048;

    /**
     * As the parameters say.
     *
     * @param index of the band, from LL on
     * @param range precision of the samples and gain of the band, Rb (E-4)
     */
    static Magnitude of(Quantization quantization, int index, int range, int shift) {
      if (shift > MOST_SHIFT) {
        throw CodestreamException.malformed("region of interest shifted by " + shift + " bits");
      }
      int exponent = quantization.exponent(index);
      float step = Math.scalb(1 + quantization.mantissa(index) / MANTISSAS, range - exponent);
      return new Magnitude(quantization.guardBits() + exponent - 1 + shift, step, shift);
    }

    /** A doubled magnitude of a region of interest shifted down; the others are smaller (H.1). */
    int unshifted(int doubled) {
      return shift > 0 && shift < Integer.SIZE - 2 && doubled >> shift + 1 != 0
          ? doubled >> shift
          : doubled;
    }
  }
}
