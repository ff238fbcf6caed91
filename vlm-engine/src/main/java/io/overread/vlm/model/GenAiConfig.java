package io.overread.vlm.model;

import io.overread.vlm.failure.ModelFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code genai_config.json}, as onnxruntime-genai's model builder writes it beside the graphs of a
 * vision-language model: which file is which graph, and the sizes that a hub folder has in {@code
 * config.json}. Its embedding graph joins text and image itself.
 */
final class GenAiConfig {

  static final String FILE = "genai_config.json";

  /** Their names of families, where the hub's differ. */
  private static final Map<String, String> HUB_NAMES = Map.of("phi3v", "phi3_v");

  /** Tokens that the families' tokenizers fix, for folders that don't state them. */
  private static final Map<String, Integer> IMAGE_TOKENS =
      Map.of("gemma3", 262_144, "qwen2_vl", 151_655, "qwen2_5_vl", 151_655, "qwen3_vl", 151_655);

  private final ModelJson model;
  private final ModelJson decoder;

  private GenAiConfig(ModelJson file) {
    this.model = required(file, "model");
    this.decoder = required(model, "decoder");
  }

  /** The folder's file, null where there is none. */
  static @Nullable GenAiConfig in(Path folder) {
    Path file = folder.resolve(FILE);
    return Files.isRegularFile(file) ? new GenAiConfig(ModelJson.read(file)) : null;
  }

  /** The three graphs, each where the file says. */
  GraphFiles graphs(Path folder) {
    List<Path> files = graphNames().stream().map(name -> graph(folder, name)).toList();
    return new GraphFiles(files.get(0), files.get(1), files.get(2), null);
  }

  /** The files of vision encoder, token embedding and decoder, as the file names them. */
  List<String> graphNames() {
    return Stream.of(required(model, "vision"), required(model, "embedding"), decoder)
        .map(GenAiConfig::fileName)
        .toList();
  }

  private static String fileName(ModelJson part) {
    String name = part.text("filename");
    if (name == null) {
      throw part.malformed("filename", "missing");
    }
    return name;
  }

  private static Path graph(Path folder, String name) {
    Path file = ModelFiles.resolve(folder, name, FILE + ": filename");
    if (!Files.isRegularFile(file)) {
      throw new ModelFormatException(name, "the file is missing");
    }
    return file;
  }

  /**
   * The same in the words of {@code config.json}.
   *
   * @param hub the folder's own one, which wins where it says something; null where there is none
   */
  ModelJson asHub(@Nullable ModelJson hub) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    String type = model.text("type");
    if (type == null) {
      throw model.malformed("type", "missing");
    }
    config.put("model_type", HUB_NAMES.getOrDefault(type, type));
    if (model.field("image_token_id") != null) {
      config.set("image_token_id", model.field("image_token_id"));
    } else if (IMAGE_TOKENS.containsKey(type)) {
      config.put("image_token_id", IMAGE_TOKENS.get(type));
    }
    copy(model, "eos_token_id", config, "eos_token_id");
    ObjectNode text = config.putObject("text_config");
    copy(model, "vocab_size", text, "vocab_size");
    copy(model, "context_length", text, "max_position_embeddings");
    copy(decoder, "hidden_size", text, "hidden_size");
    copy(decoder, "head_size", text, "head_dim");
    copy(decoder, "num_attention_heads", text, "num_attention_heads");
    copy(decoder, "num_key_value_heads", text, "num_key_value_heads");
    copy(decoder, "num_hidden_layers", text, "num_hidden_layers");
    if (hub == null) {
      return new ModelJson(FILE, config);
    }
    hub.node()
        .properties()
        .forEach(
            field -> {
              if (field.getKey().equals("text_config") && field.getValue().isObject()) {
                field.getValue().properties().forEach(of -> text.set(of.getKey(), of.getValue()));
              } else {
                config.set(field.getKey(), field.getValue());
              }
            });
    return new ModelJson(hub.where(), config);
  }

  private static void copy(ModelJson from, String name, ObjectNode to, String as) {
    JsonNode value = from.field(name);
    if (value != null) {
      to.set(as, value);
    }
  }

  private static ModelJson required(ModelJson json, String name) {
    ModelJson object = json.object(name);
    if (object == null) {
      throw json.malformed(name, "missing: the engine needs vision, embedding and decoder");
    }
    return object;
  }
}
