package io.overread.vlm.guard.marker;

import java.util.ArrayList;
import java.util.List;

/**
 * An image above a threshold, parted into what hangs together (eight neighbours).
 *
 * @param labels of each pixel; 0 below the threshold
 */
@SuppressWarnings("ArrayRecordComponent") // a pixel buffer, passed on and never compared
record Blobs(GrayPlane plane, int threshold, int[] labels, List<Blob> all) {

  static Blobs above(GrayPlane plane, int threshold) {
    int[] values = plane.values();
    int[] labels = new int[values.length];
    int[] stack = new int[values.length];
    List<Blob> all = new ArrayList<>();
    for (int start = 0; start < values.length; start++) {
      if (values[start] >= threshold && labels[start] == 0) {
        all.add(filled(plane, threshold, labels, stack, start, all.size() + 1));
      }
    }
    return new Blobs(plane, threshold, labels, all);
  }

  private static Blob filled(
      GrayPlane plane, int threshold, int[] labels, int[] stack, int start, int label) {
    int width = plane.width();
    int left = width;
    int right = 0;
    int top = plane.height();
    int bottom = 0;
    int area = 0;
    int size = 0;
    stack[size++] = start;
    labels[start] = label;
    while (size > 0) {
      int at = stack[--size];
      int x = at % width;
      int y = at / width;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      area++;
      for (int ny = Math.max(0, y - 1); ny <= Math.min(plane.height() - 1, y + 1); ny++) {
        for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          int next = ny * width + nx;
          if (labels[next] == 0 && plane.values()[next] >= threshold) {
            labels[next] = label;
            stack[size++] = next;
          }
        }
      }
    }
    return new Blob(label, left, top, right, bottom, area);
  }

  /** How much of each cell of a grid over its box the blob covers; mean 0, length 1. */
  float[] ink(Blob blob) {
    float[] ink = new float[LetterShape.COLUMNS * LetterShape.ROWS];
    int fine = 3;
    for (int row = 0; row < LetterShape.ROWS * fine; row++) {
      int y = blob.top() + row * blob.height() / (LetterShape.ROWS * fine);
      for (int column = 0; column < LetterShape.COLUMNS * fine; column++) {
        int x = blob.left() + column * blob.width() / (LetterShape.COLUMNS * fine);
        if (labels[y * plane.width() + x] == blob.label()) {
          ink[row / fine * LetterShape.COLUMNS + column / fine]++;
        }
      }
    }
    LetterShape.normalise(ink);
    return ink;
  }

  /** How much brighter it is than what surrounds it and lies within it, on average. */
  double contrast(Blob blob) {
    int margin = Math.max(2, blob.height() / 4);
    long inside = 0;
    long outside = 0;
    int n = 0;
    int m = 0;
    for (int y = Math.max(0, blob.top() - margin);
        y <= Math.min(plane.height() - 1, blob.bottom() + margin);
        y++) {
      for (int x = Math.max(0, blob.left() - margin);
          x <= Math.min(plane.width() - 1, blob.right() + margin);
          x++) {
        int at = y * plane.width() + x;
        if (labels[at] == blob.label()) {
          inside += plane.values()[at];
          n++;
        } else {
          outside += plane.values()[at];
          m++;
        }
      }
    }
    return m == 0 ? 0 : (double) inside / n - (double) outside / m;
  }
}
