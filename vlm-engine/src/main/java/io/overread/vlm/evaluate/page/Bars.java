package io.overread.vlm.evaluate.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Figures between 0 and 1 as bars, each with its interval and what could be had without looking.
 *
 * @param bars at least one
 */
public record Bars(String title, String caption, List<Bar> bars) implements Plot {

  private static final int WIDTH = 760;
  private static final int LEFT = 330;
  private static final int RIGHT = 70;
  private static final int ROW = 26;
  private static final int TOP = 8;
  private static final int BOTTOM = 30;
  private static final int LONGEST_NAME = 52;

  /** Keeps its own copy. */
  public Bars {
    bars = List.copyOf(bars);
  }

  /**
   * One bar.
   *
   * @param value 0..1
   * @param low where the interval starts; NaN of none
   * @param high where it ends
   * @param baseline 0..1; null of none
   */
  public record Bar(
      String name, double value, double low, double high, @Nullable Double baseline) {}

  @Override
  public Markup drawn() {
    int height = TOP + ROW * bars.size() + BOTTOM;
    Markup svg = new Markup();
    svg.add(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
        WIDTH, height, Markup.escaped(title + ". " + caption));
    for (int fifth = 0; fifth <= 5; fifth++) {
      double at = x(fifth / 5.0);
      svg.add(
          "<line class=\"grid\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>",
          at, TOP, at, height - BOTTOM);
      svg.add(
          "<text class=\"tick\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.1f</text>",
          at, height - BOTTOM + 18, fifth / 5.0);
    }
    for (int i = 0; i < bars.size(); i++) {
      svg.add(bar(bars.get(i), TOP + i * ROW));
    }
    return svg.add("</svg>");
  }

  private static Markup bar(Bar bar, int top) {
    double middle = top + ROW / 2.0;
    Markup svg = new Markup();
    svg.add(
        "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
        LEFT - 10, middle + 4, Markup.escaped(cut(bar.name())));
    svg.add(
        "<rect class=\"bar\" x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"12\"/>",
        LEFT, middle - 6, x(bar.value()) - LEFT);
    if (!Double.isNaN(bar.low())) {
      svg.add(
          "<path class=\"interval\" d=\"M%.1f %.1fv8m0-4H%.1fm0-4v8\"/>",
          x(bar.low()), middle - 4, x(bar.high()));
    }
    if (bar.baseline() != null) {
      svg.add(
          "<line class=\"baseline\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
          x(bar.baseline()), middle - 10, x(bar.baseline()), middle + 10);
    }
    return svg.add(
        "<text x=\"%d\" y=\"%.1f\">%.3f</text>", WIDTH - RIGHT + 14, middle + 4, bar.value());
  }

  @Override
  public Table numbers() {
    List<List<String>> rows = new ArrayList<>();
    for (Bar bar : bars) {
      rows.add(
          List.of(
              bar.name(),
              number(bar.value()),
              number(bar.low()),
              number(bar.high()),
              bar.baseline() == null ? "" : number(bar.baseline())));
    }
    return new Table(title, List.of("", "measured", "from", "to", "without looking"), rows);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String cut(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "\u2026";
  }

  private static double x(double value) {
    return LEFT + Math.clamp(value, 0, 1) * (WIDTH - LEFT - RIGHT);
  }
}
