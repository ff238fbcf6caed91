package io.overread.vlm.model;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.text.ChatTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * {@code tokenizer_config.json}, {@code chat_template.*} and the special tokens of {@code
 * tokenizer.json}.
 */
final class TokenizerFiles {

  static final String TOKENIZER = "tokenizer.json";
  private static final String CONFIG = "tokenizer_config.json";
  private static final long MAX_TOKENIZER_BYTES = 128L << 20;
  private static final long MAX_TEMPLATE_BYTES = 1L << 20;

  /** Stops after the one field it wants. */
  private static final ObjectReader TOKENIZER_READER =
      ModelJson.mapper(MAX_TOKENIZER_BYTES)
          .reader()
          .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private TokenizerFiles() {}

  static Map<String, String> constants(@Nullable ModelJson config) {
    Map<String, String> constants = new HashMap<>();
    if (config == null) {
      return constants;
    }
    for (String name : new String[] {"bos_token", "eos_token", "pad_token", "unk_token"}) {
      JsonNode value = config.field(name);
      JsonNode content = value != null && value.isObject() ? value.get("content") : value;
      if (content != null && content.isString()) {
        constants.put(name, content.stringValue());
      }
    }
    return constants;
  }

  static ChatTemplate chatTemplate(
      Path folder, @Nullable ModelJson config, @Nullable String otherwise) {
    Map<String, String> constants = constants(config);
    Path jinja = folder.resolve("chat_template.jinja");
    Path json = folder.resolve("chat_template.json");
    if (Files.isRegularFile(jinja)) {
      return new ChatTemplate("chat_template.jinja", content(jinja), constants);
    }
    if (Files.isRegularFile(json)) {
      String template = ModelJson.read(json).text("chat_template");
      if (template != null) {
        return new ChatTemplate("chat_template.json", template, constants);
      }
    }
    String stated = config == null ? null : template(config);
    String template = stated == null ? otherwise : stated;
    if (template == null) {
      throw new ModelFormatException(
          CONFIG + ": chat_template", "missing, and there is no chat_template.jinja");
    }
    return new ChatTemplate(CONFIG, template, constants);
  }

  /** One template, or the one named default of several. */
  private static @Nullable String template(ModelJson config) {
    JsonNode value = config.field("chat_template");
    if (value == null || !value.isArray()) {
      return config.text("chat_template");
    }
    for (JsonNode named : value) {
      ModelJson entry = new ModelJson(config.where() + ": chat_template", named);
      if ("default".equals(entry.text("name"))) {
        return entry.text("template");
      }
    }
    return null;
  }

  /** The contents of the special tokens, which text from outside must not spell. */
  static Set<String> specialTokens(Path folder) {
    Path file = folder.resolve(TOKENIZER);
    Set<String> special = new LinkedHashSet<>();
    try {
      if (!Files.isRegularFile(file)) {
        throw new ModelFormatException(TOKENIZER, "the file is missing");
      }
      if (Files.size(file) > MAX_TOKENIZER_BYTES) {
        throw new ModelFormatException(TOKENIZER, "larger than " + MAX_TOKENIZER_BYTES + " bytes");
      }
      // The vocabulary can be large: only the one field is kept.
      try (JsonParser parser = TOKENIZER_READER.createParser(file)) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          throw new ModelFormatException(TOKENIZER, "no JSON object");
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
          parser.nextToken();
          if (name.equals("added_tokens")) {
            collect(TOKENIZER_READER.readTree(parser), special);
            return special;
          }
          parser.skipChildren();
        }
      }
      return special;
    } catch (IOException | JacksonException e) {
      throw new ModelFormatException(TOKENIZER, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static void collect(JsonNode added, Set<String> special) {
    for (JsonNode token : added) {
      JsonNode content = token.get("content");
      JsonNode flag = token.get("special");
      if (content != null && content.isString() && flag != null && flag.asBoolean(false)) {
        special.add(content.stringValue());
      }
    }
  }

  private static String content(Path file) {
    try {
      if (Files.size(file) > MAX_TEMPLATE_BYTES) {
        throw new ModelFormatException(
            String.valueOf(file.getFileName()), "larger than " + MAX_TEMPLATE_BYTES + " bytes");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new ModelFormatException(
          String.valueOf(file.getFileName()), "cannot be read: " + e.getMessage(), e);
    }
  }
}
