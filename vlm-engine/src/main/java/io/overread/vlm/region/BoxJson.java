package io.overread.vlm.region;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Boxes that are written as JSON objects with a {@code label}, in an array or alone, in a fenced
 * block or in running text; the array may have been cut off.
 */
public final class BoxJson {

  private static final int LONGEST_OBJECT = 4_096;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final String field;
  private final Corners corners;

  /**
   * Of one convention.
   *
   * @param field the field that holds the four numbers of a box
   * @param corners where they are on the image
   */
  public BoxJson(String field, Corners corners) {
    this.field = field;
    this.corners = corners;
  }

  /** The answer without its objects, their names instead; empty where it holds none. */
  public Optional<RegionText> read(String written) {
    if (!written.contains('"' + field + '"')) {
      return Optional.empty();
    }
    RegionCollector collector = new RegionCollector();
    List<Integer> ends = new ArrayList<>();
    int first = -1;
    int from = written.indexOf('{');
    while (from >= 0) {
      int end = end(written, from);
      if (isBox(written, from, end, collector)) {
        first = first < 0 ? from : first;
        ends.add(end);
        from = written.indexOf('{', end);
      } else {
        from = written.indexOf('{', from + 1);
      }
    }
    if (first < 0) {
      return Optional.empty();
    }
    List<WrittenRegion> regions = collector.regions();
    String before = withoutOpening(written.substring(0, first));
    String after = withoutEnding(written.substring(ends.getLast()));
    return Optional.of(
        new RegionText(
            (before + " " + RegionText.names(regions) + " " + after)
                .replaceAll("[ \\t]+", " ")
                .strip(),
            regions));
  }

  /** Whether an object, or the start of one that was cut off, is one of a box. */
  private boolean isBox(String written, int from, int end, RegionCollector collector) {
    String text = written.substring(from, end);
    if (!text.contains('"' + field + '"')) {
      return false;
    }
    try {
      JsonNode object = MAPPER.readTree(text);
      JsonNode box = object.path(field);
      if (box.size() == 4 && box.valueStream().allMatch(JsonNode::isNumber)) {
        double[] numbers = box.valueStream().mapToDouble(JsonNode::doubleValue).toArray();
        corners.box(collector, object.path("label").asString(""), numbers);
      }
      return true;
    } catch (JacksonException e) {
      return end == written.length();
    }
  }

  /** Behind the brace that closes the one at an index, or the text's end. */
  private static int end(String text, int from) {
    int depth = 0;
    boolean quoted = false;
    int last = Math.min(text.length(), from + LONGEST_OBJECT);
    for (int i = from; i < last; i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i + 1;
      }
    }
    return last;
  }

  private static String withoutOpening(String before) {
    String text = before.stripTrailing();
    text = text.endsWith("[") ? text.substring(0, text.length() - 1).stripTrailing() : text;
    for (String fence : new String[] {"```json", "```"}) {
      if (text.endsWith(fence)) {
        return text.substring(0, text.length() - fence.length()).stripTrailing();
      }
    }
    return text;
  }

  private static String withoutEnding(String after) {
    String text = after.stripLeading();
    text = text.startsWith(",") ? text.substring(1).stripLeading() : text;
    text = text.startsWith("]") ? text.substring(1).stripLeading() : text;
    return text.startsWith("```") ? text.substring(3).stripLeading() : text;
  }

  /** Where four numbers lie on an image. */
  @FunctionalInterface
  public interface Corners {

    /** Puts the box of the numbers into the collector. */
    void box(RegionCollector collector, String label, double[] numbers);
  }
}
