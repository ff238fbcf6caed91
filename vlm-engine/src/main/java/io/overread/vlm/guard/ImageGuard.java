package io.overread.vlm.guard;

import io.overread.vlm.image.RgbImage;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * Images that hold nothing to read, told from their pixels in some milliseconds: blank, noise,
 * without any detail, drawn, cut off, in bright colours. A model may refuse more of them; it is
 * asked after this.
 *
 * <p>The limits were set so that no image of the dev data is objected to (see README, "What the
 * guards catch").
 */
public final class ImageGuard {

  /** About so many rows and columns are looked at. */
  private static final int SAMPLES = 256;

  private static final double LEAST_DEVIATION = 3;
  private static final int LEAST_GRAYS = 6;

  /** Neighbours of a picture look alike; those of noise don't. */
  private static final double LEAST_CORRELATION = 0.5;

  /**
   * Detectors have noise and bodies have edges: somewhere a pixel differs from the middle of its
   * two neighbours by more than so much.
   */
  private static final int DETAIL = 3;

  private static final double LEAST_DETAIL = 0.0005;

  /** Neighbours closer than so much lie in one area. */
  private static final int FLAT = 1;

  /** A drawing is areas of one value each, and nearly all edges between them are hard. */
  private static final double MOST_FLAT = 0.7;

  private static final int HARD_EDGE = 25;
  private static final double MOST_HARD = 0.75;

  /** An empty strip of so much of the height behind a hard edge: the file ended before. */
  private static final double CUT_SHARE = 0.2;

  private static final double CUT_EDGE = 25;

  /** Doppler and colour maps have some colour, photographs and programs much. */
  private static final double MOST_COLOUR = 0.4;

  private static final int COLOURED = 60;

  /** What is wrong with an image; empty if nothing. */
  public Optional<Objection> objection(BufferedImage image) {
    Grays grays = Grays.of(image);
    if (grays.deviation() < LEAST_DEVIATION || grays.levels() < LEAST_GRAYS) {
      return of("It is blank: all of its pixels are of almost the same value.");
    }
    if (grays.correlation() < LEAST_CORRELATION) {
      return of("It is noise: neighbouring pixels have nothing to do with each other.");
    }
    if (grays.detail() < LEAST_DETAIL) {
      return of("It holds no detail: its brightness changes evenly, as no body's does.");
    }
    if (grays.isDrawn()) {
      return of("It is drawn: areas of one value each with hard edges between them.");
    }
    if (grays.isCutOff(CUT_SHARE, CUT_EDGE)) {
      return of("It is cut off: its lower part is empty behind a hard edge.");
    }
    if (grays.colour() > MOST_COLOUR) {
      return of("It is no radiological image: much of it is in bright colours.");
    }
    return Optional.empty();
  }

  private static Optional<Objection> of(String reason) {
    return Optional.of(new Objection(Guard.UNUSABLE_IMAGE, reason));
  }

  /** Pixels at full resolution along blocks of neighbours, as gray values. */
  @SuppressWarnings("ArrayRecordComponent") // a pixel buffer, passed on and never compared
  private record Grays(int[][] rows, double deviation, int levels, double colour) {

    static Grays of(BufferedImage picture) {
      RgbImage image = RgbImage.of(picture);
      int height = Math.min(SAMPLES, image.height());
      int width = image.width();
      int[][] rows = new int[height][width];
      boolean[] seen = new boolean[256];
      long coloured = 0;
      double sum = 0;
      double squares = 0;
      for (int r = 0; r < height; r++) {
        int y = (int) ((long) r * image.height() / height);
        for (int x = 0; x < width; x++) {
          int at = (y * width + x) * 3;
          int red = image.samples()[at] & 255;
          int green = image.samples()[at + 1] & 255;
          int blue = image.samples()[at + 2] & 255;
          int most = Math.max(red, Math.max(green, blue));
          int least = Math.min(red, Math.min(green, blue));
          coloured += most - least > COLOURED ? 1 : 0;
          int gray = (red * 299 + green * 587 + blue * 114) / 1000;
          rows[r][x] = gray;
          seen[gray] = true;
          sum += gray;
          squares += (double) gray * gray;
        }
      }
      double n = (double) height * width;
      int levels = 0;
      for (boolean level : seen) {
        levels += level ? 1 : 0;
      }
      double variance = Math.max(0, squares / n - sum / n * (sum / n));
      return new Grays(rows, Math.sqrt(variance), levels, coloured / n);
    }

    /** Of each pixel with the one beside it. */
    double correlation() {
      double n = 0;
      double a = 0;
      double b = 0;
      double aa = 0;
      double bb = 0;
      double ab = 0;
      for (int[] row : rows) {
        for (int x = 1; x < row.length; x++) {
          double left = row[x - 1];
          double right = row[x];
          n++;
          a += left;
          b += right;
          aa += left * left;
          bb += right * right;
          ab += left * right;
        }
      }
      double spread = Math.sqrt((aa - a * a / n) * (bb - b * b / n));
      return n < 2 || spread == 0 ? 1 : (ab - a * b / n) / spread;
    }

    /** The share of pixels that differ from the middle of the two beside them. */
    double detail() {
      int step = Math.max(1, rows[0].length / (2 * SAMPLES));
      long detailed = 0;
      long n = 0;
      for (int[] row : rows) {
        for (int x = step; x + step < row.length; x += step) {
          detailed += Math.abs(row[x - step] + row[x + step] - 2 * row[x]) > 2 * DETAIL ? 1 : 0;
          n++;
        }
      }
      return n == 0 ? 1 : (double) detailed / n;
    }

    /** Whether most pixels equal the one beside them, and most of the others are far from it. */
    boolean isDrawn() {
      long n = 0;
      long flat = 0;
      long hard = 0;
      for (int[] row : rows) {
        for (int x = 1; x < row.length; x++) {
          int difference = Math.abs(row[x] - row[x - 1]);
          n++;
          flat += difference <= FLAT ? 1 : 0;
          hard += difference > HARD_EDGE ? 1 : 0;
        }
      }
      return flat > MOST_FLAT * n && hard > MOST_HARD * (n - flat);
    }

    /** Whether the last rows are one value only, and the row before is another on average. */
    boolean isCutOff(double share, double edge) {
      int last = rows.length - 1;
      int value = rows[last][0];
      int from = last;
      while (from >= 0 && isOnly(rows[from], value)) {
        from--;
      }
      if (from < 0 || last - from < share * rows.length) {
        return false;
      }
      double difference = 0;
      for (int gray : rows[from]) {
        difference += Math.abs(gray - value);
      }
      return difference / rows[from].length > edge;
    }

    private static boolean isOnly(int[] row, int value) {
      for (int gray : row) {
        if (Math.abs(gray - value) > 1) {
          return false;
        }
      }
      return true;
    }
  }
}
