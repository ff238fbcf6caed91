package io.overread.service.synthetic;

/** Cubic interpolation after Catmull and Rom, rows first and columns second. */
final class Enlargement {
  private Enlargement() {}

  /**
   * Enlarges a square image.
   *
   * @param image [from * from] values
   * @return [to * to] values
   */
  static float[] of(float[] image, int from, int to) {
    float[] wide = new float[from * to];
    for (int y = 0; y < from; y++) {
      line(image, y * from, 1, from, wide, y * to, 1, to);
    }
    float[] large = new float[to * to];
    for (int x = 0; x < to; x++) {
      line(wide, x, to, from, large, x, to, to);
    }
    return large;
  }

  private static void line(
      float[] source, int start, int step, int from, float[] target, int at, int stride, int to) {
    for (int i = 0; i < to; i++) {
      double position = (i + 0.5) * from / to - 0.5;
      int whole = (int) Math.floor(position);
      double t = position - whole;
      float[] p = new float[4];
      for (int k = 0; k < 4; k++) {
        p[k] = source[start + step * Math.clamp(whole - 1L + k, 0, from - 1)];
      }
      double value =
          p[1]
              + 0.5
                  * t
                  * (p[2]
                      - p[0]
                      + t
                          * (2 * p[0]
                              - 5 * p[1]
                              + 4 * p[2]
                              - p[3]
                              + t * (3 * (p[1] - p[2]) + p[3] - p[0])));
      target[at + i * stride] = (float) value;
    }
  }
}
