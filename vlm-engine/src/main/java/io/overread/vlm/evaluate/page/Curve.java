package io.overread.vlm.evaluate.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Points of two shares, joined.
 *
 * @param words what is written on it
 * @param highest where the upward axis ends, above 0
 * @param diagonal whether a line from corner to corner says where points should lie
 * @param points from left to right
 */
public record Curve(Words words, double highest, boolean diagonal, List<Point> points)
    implements Plot {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 380;
  private static final int LEFT = 64;
  private static final int RIGHT = 20;
  private static final int TOP = 14;
  private static final int BOTTOM = 50;
  private static final int FEW = 20;

  /** Keeps its own copy. */
  public Curve {
    points = List.copyOf(points);
  }

  /**
   * What is written on it.
   *
   * @param across what lies across
   * @param up what lies upwards
   */
  public record Words(String title, String caption, String across, String up) {}

  /**
   * A point.
   *
   * @param n how many answers it stands for; 0 where that says nothing
   */
  public record Point(double across, double up, int n) {}

  @Override
  public String title() {
    return words.title();
  }

  @Override
  public String caption() {
    return words.caption();
  }

  @Override
  public Markup drawn() {
    Markup svg = new Markup();
    svg.add(
        "<svg class=\"square\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
        WIDTH, HEIGHT, Markup.escaped(title() + ". " + caption()));
    for (int fifth = 0; fifth <= 5; fifth++) {
      axes(svg, fifth / 5.0);
    }
    svg.add(
        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
        x(0.5), HEIGHT - 8, Markup.escaped(words.across()));
    svg.add(
        "<text transform=\"translate(14 %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>",
        y(highest / 2), Markup.escaped(words.up()));
    if (diagonal) {
      svg.add(
          "<line class=\"baseline\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
          x(0), y(0), x(1), y(highest));
    }
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      path.append(path.isEmpty() ? 'M' : 'L')
          .append(String.format(Locale.ROOT, "%.1f %.1f", x(point.across()), y(point.up())));
    }
    svg.add("<path class=\"curve\" d=\"%s\"/>", path);
    if (points.size() <= FEW) {
      points.forEach(
          point ->
              svg.add(
                  "<circle class=\"point\" cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"/>",
                  x(point.across()), y(point.up())));
    }
    return svg.add("</svg>");
  }

  private void axes(Markup svg, double share) {
    svg.add(
        "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        x(share), y(0), x(share), y(highest));
    svg.add(
        "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        x(0), y(share * highest), x(1), y(share * highest));
    svg.add(
        "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%.1f</text>",
        x(share), y(0) + 18, share);
    svg.add(
        "<text class=\"tick\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.2f</text>",
        LEFT - 8, y(share * highest) + 4, share * highest);
  }

  @Override
  public Table numbers() {
    List<List<String>> rows = new ArrayList<>();
    for (Point point : points) {
      rows.add(
          List.of(
              String.format(Locale.ROOT, "%.3f", point.across()),
              String.format(Locale.ROOT, "%.3f", point.up()),
              point.n() == 0 ? "" : Integer.toString(point.n())));
    }
    return new Table(title(), List.of(words.across(), words.up(), "answers"), rows);
  }

  private static double x(double share) {
    return LEFT + Math.clamp(share, 0, 1) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - Math.clamp(value / highest, 0, 1) * (HEIGHT - TOP - BOTTOM);
  }
}
