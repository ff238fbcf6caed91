package io.overread.vlm.evaluate.published;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON document of any size, read entry by entry: VQAv2's annotations alone are some hundred
 * megabytes.
 */
final class JsonDocument {

  private static final int DEEPEST = 16;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // entries follow each other
          .build();

  private JsonDocument() {}

  /** Hands over the entries of an array: the document itself, or one of its fields. */
  static void forEach(Path file, @Nullable String field, BiConsumer<Integer, JsonNode> reader) {
    read(
        file,
        parser -> {
          JsonToken first = parser.nextToken();
          if (field != null && first == JsonToken.START_OBJECT) {
            first = seek(parser, field);
          }
          if (first != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException(
                field == null ? "it holds no list" : "it holds no list " + field);
          }
          for (int at = 0; parser.nextToken() != JsonToken.END_ARRAY; at++) {
            reader.accept(at, entry(parser));
          }
        });
  }

  /** Hands over each named entry of an object. */
  static void forEachNamed(Path file, BiConsumer<String, JsonNode> reader) {
    read(
        file,
        parser -> {
          if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("it holds no object");
          }
          while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            reader.accept(name, entry(parser));
          }
        });
  }

  private static JsonNode entry(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("an entry is no object");
    }
    JsonNode entry = MAPPER.readTree(parser);
    return entry;
  }

  private static @Nullable JsonToken seek(JsonParser parser, String field) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean wanted = field.equals(parser.currentName());
      JsonToken value = parser.nextToken();
      if (wanted) {
        return value;
      }
      parser.skipChildren();
    }
    return null;
  }

  private static void read(Path file, Entries entries) {
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = MAPPER.createParser(in)) {
      entries.of(parser);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(file + ": no valid JSON: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage());
    }
  }

  @FunctionalInterface
  private interface Entries {
    void of(JsonParser parser);
  }

  /** A field that must be there: a text, or a number or truth value as text. */
  static String required(JsonNode json, String name) {
    String text = optional(json, name);
    if (text == null) {
      throw new IllegalArgumentException("an entry lacks " + name);
    }
    return text;
  }

  /** The same of one that need not be there; null where it is absent or empty. */
  static @Nullable String optional(JsonNode json, String name) {
    JsonNode value = json.path(name);
    String text = value.isValueNode() && !value.isNull() ? value.asString("").strip() : "";
    return text.isEmpty() ? null : text;
  }

  /** A list of texts, or a single one. */
  static List<String> texts(JsonNode value) {
    if (value.isArray()) {
      return value.valueStream().map(each -> each.asString("")).toList();
    }
    return value.isValueNode() && !value.isNull() ? List.of(value.asString("")) : List.of();
  }

  /** Whether the first entry of the document's list has all these fields. */
  static boolean startsWith(Path file, Set<String> fields) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = MAPPER.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_ARRAY
          || parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      JsonNode first = entry(parser);
      return fields.stream().allMatch(first::has);
    } catch (JacksonException | IOException e) {
      return false;
    }
  }
}
