package io.overread.vlm.evaluate;

import io.overread.vlm.finding.FindingRegion.Box;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Where a source says that a finding lies.
 *
 * @param finding id of the catalogue's finding
 * @param box relative to the image
 */
record StatedBox(String finding, Box box) {

  /** NIH's boxes are in pixels of the original, which is a square of this edge. */
  private static final double NIH_EDGE = 1024;

  static StatedBox of(JsonNode json) {
    JsonNode relative = json.path("xywh_relative");
    JsonNode pixels = json.path("xywh_1024");
    return new StatedBox(
        finding(json.path("label").asString("")),
        relative.isArray() ? box(relative, 1) : box(pixels, NIH_EDGE));
  }

  private static Box box(JsonNode numbers, double unit) {
    if (numbers.size() != 4 || !numbers.valueStream().allMatch(JsonNode::isNumber)) {
      throw new IllegalArgumentException("a box needs x, y, width and height");
    }
    return new Box(
        numbers.get(0).doubleValue() / unit,
        numbers.get(1).doubleValue() / unit,
        numbers.get(2).doubleValue() / unit,
        numbers.get(3).doubleValue() / unit);
  }

  /** NIH's list of boxes says Infiltrate where its list of labels says Infiltration. */
  private static String finding(String label) {
    String id = label.strip().toLowerCase(Locale.ROOT).replace(' ', '-').replace('_', '-');
    return id.equals("infiltrate") ? "infiltration" : id;
  }
}
