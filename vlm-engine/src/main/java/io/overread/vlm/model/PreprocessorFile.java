package io.overread.vlm.model;

import io.overread.vlm.image.ImagePreprocessor;
import io.overread.vlm.image.Normalisation;
import io.overread.vlm.image.ResamplingFilter;
import io.overread.vlm.image.TargetSize;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code preprocessor_config.json}, as the hub's image processors read it. */
final class PreprocessorFile {

  private static final int MAX_EDGE = 8192;
  private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);

  private PreprocessorFile() {}

  static ImagePreprocessor read(ModelJson json) {
    return read(
        json,
        squareFill(json),
        json.flag("do_resize", true) ? size(json, "size") : null,
        json.flag("do_center_crop", false) ? crop(json) : null);
  }

  /** What is left where a family has sizes of its own: the filter and the numbers. */
  static ImagePreprocessor unsized(ModelJson json) {
    return read(json, null, null, null);
  }

  private static ImagePreprocessor read(
      ModelJson json,
      byte @Nullable [] fill,
      @Nullable TargetSize size,
      TargetSize.@Nullable Exact crop) {
    try {
      return new ImagePreprocessor(
          fill,
          size,
          ResamplingFilter.ofCode(
              json.integer("resample").orElse(json.integer("resampling").orElse(3))),
          crop,
          normalisation(json));
    } catch (IllegalArgumentException e) {
      throw json.malformed("values", e.getMessage() == null ? "unacceptable" : e.getMessage());
    }
  }

  /**
   * LLaVA's own processor pads with the mean colour; those of LLaVA-OneVision and of other families
   * pad tiles or a batch, which is no concern here.
   */
  private static byte @Nullable [] squareFill(ModelJson json) {
    String type = json.text("image_processor_type");
    if (!json.flag("do_pad", false) || type == null || !type.startsWith("LlavaImageProcessor")) {
      return null;
    }
    List<Double> mean = mean(json);
    byte[] fill = new byte[3];
    for (int i = 0; i < 3; i++) {
      fill[i] = (byte) (int) (mean.get(i) * 255);
    }
    return fill;
  }

  private static Normalisation normalisation(ModelJson json) {
    double factor = json.decimal("rescale_factor").orElse(1.0 / 255);
    boolean normalises = json.flag("do_normalize", true);
    return new Normalisation(
        json.flag("do_rescale", true) ? factor : 1,
        normalises ? mean(json) : List.of(0.0, 0.0, 0.0),
        normalises ? three(json, "image_std") : List.of(1.0, 1.0, 1.0));
  }

  private static List<Double> mean(ModelJson json) {
    return three(json, "image_mean");
  }

  private static List<Double> three(ModelJson json, String name) {
    JsonNode value = json.field(name);
    if (value == null) {
      return HALF;
    }
    return value.isNumber()
        ? List.of(value.doubleValue(), value.doubleValue(), value.doubleValue())
        : json.decimals(name);
  }

  private static TargetSize.Exact crop(ModelJson json) {
    if (size(json, "crop_size") instanceof TargetSize.Exact exact) {
      return exact;
    }
    throw json.malformed("crop_size", "height and width are missing");
  }

  private static TargetSize size(ModelJson json, String name) {
    JsonNode value = json.field(name);
    if (value == null) {
      throw json.malformed(name, "missing");
    }
    if (value.isNumber()) {
      int edge = edge(json, name, json.integer(name));
      return name.equals("size") && json.flag("default_to_square", true)
          ? new TargetSize.Exact(edge, edge)
          : name.equals("size")
              ? new TargetSize.ShortestEdge(edge)
              : new TargetSize.Exact(edge, edge);
    }
    ModelJson size = new ModelJson(json.where() + ": " + name, value);
    OptionalInt shortest = size.integer("shortest_edge");
    OptionalInt longest = size.integer("longest_edge");
    if (shortest.isPresent()) {
      return new TargetSize.ShortestEdge(edge(size, "shortest_edge", shortest));
    }
    if (longest.isPresent()) {
      return new TargetSize.LongestEdge(edge(size, "longest_edge", longest));
    }
    return new TargetSize.Exact(
        edge(size, "height", size.integer("height")), edge(size, "width", size.integer("width")));
  }

  private static int edge(ModelJson json, String name, OptionalInt value) {
    int edge = value.orElseThrow(() -> json.malformed(name, "missing"));
    if (edge < 1 || edge > MAX_EDGE) {
      throw json.malformed(name, "not between 1 and " + MAX_EDGE);
    }
    return edge;
  }
}
