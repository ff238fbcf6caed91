package io.overread.vlm.family;

import io.overread.vlm.region.BoxJson;
import io.overread.vlm.region.RegionCollector;
import io.overread.vlm.region.RegionText;
import io.overread.vlm.region.WrittenRegion.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Regions in the answers of the Qwen-VL family. Qwen2-VL marks them with tokens of its own, in
 * thousandths of width and height; Qwen2.5-VL writes JSON ({@code bbox_2d}) in pixels of the
 * picture as it was resized for it, Qwen3-VL the same in thousandths.
 */
final class QwenRegions {

  private static final double THOUSANDTHS = 1000;
  private static final String NAME = "<|object_ref_start|>";
  private static final String NAME_END = "<|object_ref_end|>";
  private static final Pattern PLACES =
      Pattern.compile(
          "<\\|(box|quad)_start\\|>((?:\\(\\d{1,4},\\s?\\d{1,4}\\),?){2,4}+)<\\|\\1_end\\|>");
  private static final Pattern POINT = Pattern.compile("\\((\\d{1,4}),\\s?(\\d{1,4})\\)");
  private static final Pattern MARKS =
      Pattern.compile("<\\|(?:object_ref|box|quad)_(?:start|end)\\|>");

  private QwenRegions() {}

  /** Qwen2-VL's; empty where the answer holds none of its marks. */
  static Optional<RegionText> marked(String written) {
    if (!MARKS.matcher(written).find()) {
      return Optional.empty();
    }
    RegionCollector collector = new RegionCollector();
    Matcher places = PLACES.matcher(written);
    StringBuilder words = new StringBuilder();
    while (places.find()) {
      String name = name(written, places.start());
      List<Point> points = points(places.group(2));
      if (places.group(1).equals("quad")) {
        collector.outline(name, points);
      } else if (points.size() == 2) {
        Point first = points.getFirst();
        Point last = points.getLast();
        collector.box(name, first.x(), first.y(), last.x(), last.y());
      }
      places.appendReplacement(words, " ");
    }
    places.appendTail(words);
    String text = MARKS.matcher(words).replaceAll(" ").replaceAll("[ \\t]+", " ").strip();
    return Optional.of(new RegionText(text, collector.regions()));
  }

  /** Qwen2.5-VL's and Qwen3-VL's: the numbers are parts of a width and a height. */
  static Optional<RegionText> json(String written, double width, double height) {
    return new BoxJson(
            "bbox_2d",
            (collector, label, n) ->
                collector.box(label, n[0] / width, n[1] / height, n[2] / width, n[3] / height))
        .read(written);
  }

  static Optional<RegionText> jsonInThousandths(String written) {
    return json(written, THOUSANDTHS, THOUSANDTHS);
  }

  /** The name that was last given before an index. */
  private static String name(String written, int before) {
    int start = written.lastIndexOf(NAME, before);
    int end = start < 0 ? -1 : written.indexOf(NAME_END, start);
    return end < 0 || end > before ? "" : written.substring(start + NAME.length(), end).strip();
  }

  private static List<Point> points(String places) {
    List<Point> points = new ArrayList<>();
    Matcher point = POINT.matcher(places);
    while (point.find()) {
      points.add(
          new Point(
              Integer.parseInt(point.group(1)) / THOUSANDTHS,
              Integer.parseInt(point.group(2)) / THOUSANDTHS));
    }
    return points;
  }
}
