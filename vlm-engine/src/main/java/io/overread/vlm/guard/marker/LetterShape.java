package io.overread.vlm.guard.marker;

import java.util.ArrayList;
import java.util.List;

/**
 * A character as it may stand on a film, its box stretched to a grid.
 *
 * @param mirrored whether it is mirrored
 * @param turned degrees clockwise, before the mirroring
 * @param aspect width by height of its box
 * @param ink of each cell, with mean 0 and length 1
 */
@SuppressWarnings("ArrayRecordComponent") // read by the matching and never compared
record LetterShape(char character, boolean mirrored, int turned, double aspect, float[] ink) {

  static final int COLUMNS = 16;
  static final int ROWS = 20;

  /** Stroke widths, in heights of the letter. */
  private static final double[] WEIGHTS = {0.08, 0.14, 0.21};

  private static final double[] ASPECTS = {0.58, 0.8};
  private static final int[] TILTS = {-14, -7, 0, 7, 14};
  private static final int[] UPRIGHT_ONLY = {0};
  private static final int[] QUARTERS = {0, 90, 180, 270};
  private static final int SUBSAMPLES = 3;

  /** All that a component is compared with: L and R in every way, other characters plainly. */
  static List<LetterShape> all() {
    List<LetterShape> all = new ArrayList<>();
    Strokes.all()
        .forEach(
            (character, shapes) -> {
              boolean side = character == 'L' || character == 'R';
              for (List<double[]> strokes : shapes) {
                for (int quarter : QUARTERS) {
                  for (int tilt : side ? TILTS : UPRIGHT_ONLY) {
                    add(all, character, strokes, quarter + tilt);
                  }
                }
              }
            });
    return List.copyOf(all);
  }

  private static void add(
      List<LetterShape> all, char character, List<double[]> strokes, int turned) {
    for (double aspect : ASPECTS) {
      for (double weight : WEIGHTS) {
        for (boolean mirrored : new boolean[] {false, true}) {
          all.add(drawn(character, strokes, new Way(mirrored, turned, aspect, weight)));
        }
      }
    }
  }

  /** How it stands there; {@code aspect} of the letter before it is turned. */
  private record Way(boolean mirrored, int turned, double aspect, double weight) {

    double[] place(double x, double y) {
      double angle = Math.toRadians(turned);
      double across = x * aspect;
      double turnedX = across * Math.cos(angle) - y * Math.sin(angle);
      double turnedY = across * Math.sin(angle) + y * Math.cos(angle);
      return new double[] {mirrored ? -turnedX : turnedX, turnedY};
    }
  }

  private static LetterShape drawn(char character, List<double[]> strokes, Way way) {
    List<double[]> segments = new ArrayList<>();
    double left = Double.MAX_VALUE;
    double top = Double.MAX_VALUE;
    double right = -Double.MAX_VALUE;
    double bottom = -Double.MAX_VALUE;
    for (double[] stroke : strokes) {
      for (int i = 0; i + 3 < stroke.length; i += 2) {
        double[] from = way.place(stroke[i], stroke[i + 1]);
        double[] to = way.place(stroke[i + 2], stroke[i + 3]);
        segments.add(new double[] {from[0], from[1], to[0], to[1]});
        left = Math.min(left, Math.min(from[0], to[0]));
        right = Math.max(right, Math.max(from[0], to[0]));
        top = Math.min(top, Math.min(from[1], to[1]));
        bottom = Math.max(bottom, Math.max(from[1], to[1]));
      }
    }
    double half = way.weight / 2;
    double width = right - left + way.weight;
    double height = bottom - top + way.weight;
    float[] ink = new float[COLUMNS * ROWS];
    for (int row = 0; row < ROWS * SUBSAMPLES; row++) {
      double y = top - half + (row + 0.5) / (ROWS * SUBSAMPLES) * height;
      for (int column = 0; column < COLUMNS * SUBSAMPLES; column++) {
        double x = left - half + (column + 0.5) / (COLUMNS * SUBSAMPLES) * width;
        if (isNear(segments, x, y, half)) {
          ink[row / SUBSAMPLES * COLUMNS + column / SUBSAMPLES]++;
        }
      }
    }
    normalise(ink);
    return new LetterShape(character, way.mirrored, way.turned, width / height, ink);
  }

  private static boolean isNear(List<double[]> segments, double x, double y, double distance) {
    for (double[] each : segments) {
      double dx = each[2] - each[0];
      double dy = each[3] - each[1];
      double squared = dx * dx + dy * dy;
      double along =
          squared == 0
              ? 0
              : Math.clamp(((x - each[0]) * dx + (y - each[1]) * dy) / squared, 0.0, 1.0);
      double nx = each[0] + along * dx - x;
      double ny = each[1] + along * dy - y;
      if (nx * nx + ny * ny <= distance * distance) {
        return true;
      }
    }
    return false;
  }

  /** To mean 0 and length 1, so that a product of two is their correlation. */
  static void normalise(float[] values) {
    double mean = 0;
    for (float value : values) {
      mean += value;
    }
    mean /= values.length;
    double squares = 0;
    for (float value : values) {
      squares += (value - mean) * (value - mean);
    }
    double length = Math.sqrt(squares);
    for (int i = 0; i < values.length; i++) {
      values[i] = length == 0 ? 0 : (float) ((values[i] - mean) / length);
    }
  }

  /** Neither turned by a quarter nor upside down. */
  boolean isUpright() {
    return Math.abs(turned) < 45;
  }

  /** Correlation with the ink of a component. */
  double likeness(float[] other) {
    float sum = 0;
    for (int i = 0; i < other.length; i++) {
      sum += ink[i] * other[i];
    }
    return sum;
  }
}
