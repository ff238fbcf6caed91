package io.overread.vlm.finding;

import io.overread.vlm.AnswerScore;
import io.overread.vlm.EncodedStudy;
import io.overread.vlm.VisionLanguageModel;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where on an image a model sees findings, of a model that makes no maps of its own: a gray patch
 * is laid over one part of the image after the other, and where it lowers a finding's log odds most
 * the finding is. Works with any model that scores; all findings are asked at once of each covered
 * image. It takes an encoding for each patch and one more, so it is given a time: whether that will
 * do shows at the first.
 */
public final class Occlusion {

  /** Cells along each edge. */
  static final int GRID = 7;

  /** A patch covers so many cells along each edge, and moves by one. */
  private static final int PATCH = 2;

  private static final int PATCHES = (GRID - PATCH + 1) * (GRID - PATCH + 1);

  private Occlusion() {}

  /**
   * The regions by finding id; a finding that no patch lowers has none.
   *
   * @param findings the ones that are looked for, best only those that are present
   * @param most how long it may take; where the first encoding says that it will take longer, and
   *     when it does, there are no regions
   */
  public static Map<String, FindingRegion> regions(
      VisionLanguageModel model, BufferedImage image, List<Finding> findings, Duration most) {
    List<String> questions = findings.stream().map(Finding::question).toList();
    if (questions.isEmpty() || most.isZero()) {
      return Map.of();
    }
    long started = System.nanoTime();
    double[] whole = logOdds(model, image, questions);
    if ((System.nanoTime() - started) * PATCHES > most.toNanos()) {
      return Map.of();
    }
    float[][] drops = new float[findings.size()][GRID * GRID];
    int[] covered = new int[GRID * GRID];
    int gray = mean(image);
    for (int row = 0; row + PATCH <= GRID; row++) {
      for (int column = 0; column + PATCH <= GRID; column++) {
        if (System.nanoTime() - started > most.toNanos()) {
          return Map.of();
        }
        double[] without = logOdds(model, coveredAt(image, row, column, gray), questions);
        for (int cell : cells(row, column)) {
          covered[cell]++;
          for (int i = 0; i < drops.length; i++) {
            drops[i][cell] += (float) Math.max(0, whole[i] - without[i]);
          }
        }
      }
    }
    Map<String, FindingRegion> regions = new LinkedHashMap<>();
    for (int i = 0; i < drops.length; i++) {
      for (int cell = 0; cell < covered.length; cell++) {
        drops[i][cell] /= covered[cell];
      }
      Optional<FindingRegion> region = FindingRegion.of(GRID, drops[i]);
      String id = findings.get(i).id();
      region.ifPresent(found -> regions.put(id, found));
    }
    return regions;
  }

  private static List<Integer> cells(int row, int column) {
    List<Integer> cells = new ArrayList<>();
    for (int r = row; r < row + PATCH; r++) {
      for (int c = column; c < column + PATCH; c++) {
        cells.add(r * GRID + c);
      }
    }
    return cells;
  }

  private static double[] logOdds(
      VisionLanguageModel model, BufferedImage image, List<String> questions) {
    try (EncodedStudy study = model.encode(List.of(image))) {
      return model.score(study, questions).stream().mapToDouble(AnswerScore::logOdds).toArray();
    }
  }

  private static BufferedImage coveredAt(BufferedImage image, int row, int column, int gray) {
    BufferedImage copy =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = copy.createGraphics();
    pen.drawImage(image, 0, 0, null);
    pen.setColor(new Color(gray, gray, gray));
    int left = column * image.getWidth() / GRID;
    int top = row * image.getHeight() / GRID;
    pen.fillRect(
        left,
        top,
        (column + PATCH) * image.getWidth() / GRID - left,
        (row + PATCH) * image.getHeight() / GRID - top);
    pen.dispose();
    return copy;
  }

  /** The mean gray value: a patch of it tells the encoder least. */
  private static int mean(BufferedImage image) {
    int[] line = new int[image.getWidth()];
    long sum = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, line.length, 1, line, 0, line.length);
      for (int pixel : line) {
        sum += ((pixel >> 16 & 255) + (pixel >> 8 & 255) + (pixel & 255)) / 3;
      }
    }
    return (int) (sum / ((long) image.getHeight() * line.length));
  }
}
