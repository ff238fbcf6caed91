package io.overread.vlm.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The image operations that a GenAI folder lists in {@code processor_config.json} for
 * onnxruntime-extensions, in the words of the hub's {@code preprocessor_config.json}.
 */
final class GenAiTransforms {

  /** Pillow's codes. */
  private static final Map<String, Integer> FILTERS =
      Map.of("NEAREST", 0, "LANCZOS", 1, "LINEAR", 2, "BILINEAR", 2, "CUBIC", 3, "BICUBIC", 3);

  /** What onnxruntime-extensions takes where a file states none. */
  private static final List<Double> CLIP_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);

  private static final List<Double> CLIP_DEVIATION = List.of(0.26862954, 0.26130258, 0.27577711);

  private GenAiTransforms() {}

  /**
   * Resize, crop, rescale, normalise, and Phi-3.5's tiles; what a family does beyond that, such as
   * cutting patches, it needs the hub's file for. Colours are red, green, blue whatever the list
   * exchanges: some lists of RGB decoders exchange them once too often.
   */
  static ModelJson asHub(ModelJson processor) {
    ObjectNode hub = JsonNodeFactory.instance.objectNode();
    hub.put("do_resize", false).put("do_rescale", false).put("do_normalize", false);
    JsonNode transforms = processor.field("transforms");
    if (transforms == null || !transforms.isArray()) {
      throw processor.malformed("transforms", "no list");
    }
    for (JsonNode transform : transforms) {
      ModelJson entry = new ModelJson(processor.where() + ": transforms", transform);
      ModelJson operation = entry.object("operation");
      String type = operation == null ? null : operation.text("type");
      if (operation == null || type == null) {
        throw entry.malformed("operation", "no operation with a type");
      }
      ModelJson stated = operation.object("attrs");
      ModelJson attributes =
          stated == null
              ? new ModelJson(operation.where(), JsonNodeFactory.instance.objectNode())
              : stated;
      add(hub, type, attributes, operation);
    }
    return new ModelJson(processor.where(), hub);
  }

  private static void add(ObjectNode hub, String type, ModelJson attributes, ModelJson operation) {
    switch (type) {
      case "DecodeImage", "ConvertRGB", "Permute3D" -> {}
      case "Resize" -> {
        hub.put("do_resize", true).set("size", size(attributes));
        String filter = attributes.text("interpolation");
        hub.put(
            "resample",
            FILTERS.getOrDefault(filter == null ? "CUBIC" : filter.toUpperCase(Locale.ROOT), 3));
      }
      case "CenterCrop" -> hub.put("do_center_crop", true).set("crop_size", size(attributes));
      case "Rescale" ->
          hub.put("do_rescale", true)
              .put("rescale_factor", attributes.decimal("rescale_factor").orElse(1.0 / 255));
      case "Normalize" -> {
        hub.put("do_normalize", true);
        numbers(hub, "image_mean", stated(attributes, "mean", CLIP_MEAN));
        numbers(hub, "image_std", stated(attributes, "std", CLIP_DEVIATION));
      }
      case "Phi3ImageTransform" -> {
        // Its runtime has these built in and leaves the file's num_crops unread.
        hub.put("do_rescale", true).put("do_normalize", true).put("num_crops", 16);
        hub.put("image_processor_type", type);
        numbers(hub, "image_mean", CLIP_MEAN);
        numbers(hub, "image_std", CLIP_DEVIATION);
      }
      default ->
          throw operation.malformed(
              "type",
              type + " is not known; put the hub's preprocessor_config.json into the folder");
    }
  }

  private static List<Double> stated(ModelJson attributes, String name, List<Double> otherwise) {
    return attributes.field(name) == null ? otherwise : attributes.decimals(name);
  }

  private static ObjectNode size(ModelJson attributes) {
    ObjectNode size = JsonNodeFactory.instance.objectNode();
    attributes.integer("height").ifPresent(height -> size.put("height", height));
    attributes.integer("width").ifPresent(width -> size.put("width", width));
    return size;
  }

  private static void numbers(ObjectNode hub, String name, List<Double> values) {
    var list = hub.putArray(name);
    values.forEach(list::add);
  }
}
