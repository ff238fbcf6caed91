package io.overread.vlm.model;

import io.overread.vlm.onnx.CacheShape;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the engine needs of {@code config.json} and {@code generation_config.json}.
 *
 * @param modelType the hub's name of the family
 * @param imageToken id of the token that an image's features replace, {@link #NO_IMAGE_TOKEN} of a
 *     family whose prompts have none
 * @param imageSequenceLength tokens of one image, -1 if not stated
 * @param hiddenSize width of an embedding, -1 if not stated
 * @param vocabulary tokens in the vocabulary, -1 if not stated
 * @param maxPositions longest context, {@link Integer#MAX_VALUE} if not stated
 * @param cacheShape shape of the key/value cache where stated
 * @param stopTokens ids that end an answer
 */
public record HubConfig(
    String modelType,
    int imageToken,
    int imageSequenceLength,
    int hiddenSize,
    int vocabulary,
    int maxPositions,
    CacheShape cacheShape,
    Set<Integer> stopTokens) {

  /** The image token of a family without one; no tokenizer's id. */
  public static final int NO_IMAGE_TOKEN = Integer.MIN_VALUE;

  /** What stands for an image in Phi-3.5 vision's prompts: any number below zero. */
  private static final int BELOW_ZERO = -1;

  /** Of families whose folders name none. */
  private static final Map<String, Integer> IMAGE_TOKENS =
      Map.of("florence2", NO_IMAGE_TOKEN, "phi3_v", BELOW_ZERO);

  static HubConfig of(ModelJson config, @Nullable ModelJson generation) {
    String modelType = config.text("model_type");
    OptionalInt imageToken = first(config, "image_token_index", "image_token_id");
    if (imageToken.isEmpty() && !IMAGE_TOKENS.containsKey(String.valueOf(modelType))) {
      throw config.malformed(
          "image_token_index", "missing: the engine cannot tell where images belong");
    }
    ModelJson stated = config.object("text_config");
    ModelJson text = stated == null ? config : stated;
    Set<Integer> stops = new LinkedHashSet<>();
    addIds(stops, config, "eos_token_id");
    addIds(stops, text, "eos_token_id");
    if (generation != null) {
      addIds(stops, generation, "eos_token_id");
    }
    return new HubConfig(
        modelType == null ? "" : modelType,
        imageToken.orElseGet(
            () -> IMAGE_TOKENS.getOrDefault(String.valueOf(modelType), NO_IMAGE_TOKEN)),
        config.integer("image_seq_length").orElse(-1),
        text.integer("hidden_size").orElse(-1),
        text.integer("vocab_size").orElse(-1),
        text.integer("max_position_embeddings").orElse(Integer.MAX_VALUE),
        cacheShape(text),
        Set.copyOf(stops));
  }

  private static CacheShape cacheShape(ModelJson text) {
    int heads = text.integer("num_attention_heads").orElse(-1);
    int hidden = text.integer("hidden_size").orElse(-1);
    int derived = heads > 0 && hidden > 0 ? hidden / heads : -1;
    return new CacheShape(
        text.integer("num_key_value_heads").orElse(heads),
        text.integer("head_dim").orElse(derived));
  }

  private static OptionalInt first(ModelJson json, String... names) {
    for (String name : names) {
      OptionalInt value = json.integer(name);
      if (value.isPresent()) {
        return value;
      }
    }
    return OptionalInt.empty();
  }

  private static void addIds(Set<Integer> ids, ModelJson json, String name) {
    JsonNode value = json.field(name);
    if (value == null) {
      return;
    }
    for (JsonNode id : value.isArray() ? value.values() : java.util.List.of(value)) {
      if (!id.isInt()) {
        throw json.malformed(name, "no token id");
      }
      ids.add(id.intValue());
    }
  }
}
