package io.overread.dicom.pixel.jpeg2000;

/**
 * How the rows or the columns of a resolution lie in a plane. They are transformed {@link #LANES}
 * at a time, so that the inner loops can be vectorized.
 *
 * @param lines how many there are
 * @param length samples of a line
 * @param low samples of a line that are low frequencies; they come first
 * @param parity 0 when the first sample is a low frequency, 1 when it is a high one
 * @param lineStep from a line to the next, in the plane
 * @param sampleStep from a sample to the next
 */
record Lines(int lines, int length, int low, int parity, int lineStep, int sampleStep) {
  static final int LANES = 16;

  static Lines across(Area area, int planeWidth) {
    return new Lines(
        area.height(), area.width(), low(area.x0(), area.x1()), area.x0() & 1, planeWidth, 1);
  }

  static Lines down(Area area, int planeWidth) {
    return new Lines(
        area.width(), area.height(), low(area.y0(), area.y1()), area.y0() & 1, 1, planeWidth);
  }

  private static int low(int from, int to) {
    return Math.ceilDiv(to, 2) - Math.ceilDiv(from, 2);
  }

  /** Where the frequency that belongs at a place lies in the first line. */
  int source(int place) {
    int index = place / 2;
    return ((place + parity) % 2 == 0 ? index : low + index) * sampleStep;
  }

  /** The place before, or after where there is none (F.3.7). */
  static int before(int place) {
    return place > 0 ? place - 1 : 1;
  }

  /** The place after, or before where there is none. */
  static int after(int place, int length) {
    return place + 1 < length ? place + 1 : length - 2;
  }
}
