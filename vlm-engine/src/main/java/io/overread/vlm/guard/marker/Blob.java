package io.overread.vlm.guard.marker;

/**
 * Pixels that hang together and are brighter than a threshold.
 *
 * @param label of its pixels among the labels of the threshold
 * @param area in pixels
 */
record Blob(int label, int left, int top, int right, int bottom, int area) {

  int width() {
    return right - left + 1;
  }

  int height() {
    return bottom - top + 1;
  }

  double aspect() {
    return (double) width() / height();
  }

  /** How much of its box it covers. */
  double fill() {
    return (double) area / width() / height();
  }

  double centreX() {
    return (left + right) / 2.0;
  }

  double centreY() {
    return (top + bottom) / 2.0;
  }

  boolean overlaps(Blob other) {
    return left <= other.right && other.left <= right && top <= other.bottom && other.top <= bottom;
  }
}
