package io.overread.vlm.model;

import io.overread.vlm.failure.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON object of a model's file, read by name; every complaint names the file and the field.
 *
 * @param where the file, or {@code file: field}
 * @param node the object
 */
public record ModelJson(String where, JsonNode node) {

  private static final long MAX_BYTES = 8L << 20;
  private static final JsonMapper MAPPER = mapper(MAX_BYTES);

  /** A mapper that stops at a depth of 64 and at so many bytes. */
  static JsonMapper mapper(long maxBytes) {
    StreamReadConstraints limits =
        StreamReadConstraints.builder().maxNestingDepth(64).maxDocumentLength(maxBytes).build();
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build()).build();
  }

  /** Reads a file of at most 8 MiB whose outermost value is an object. */
  static ModelJson read(Path file) {
    String name = String.valueOf(file.getFileName());
    try {
      if (!Files.isRegularFile(file)) {
        throw new ModelFormatException(name, "the file is missing");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new ModelFormatException(name, "larger than " + MAX_BYTES + " bytes");
      }
      return parse(name, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new ModelFormatException(name, "cannot be read: " + e.getMessage(), e);
    }
  }

  static ModelJson parse(String name, byte[] bytes) {
    try {
      JsonNode node = MAPPER.readTree(bytes);
      if (node == null || !node.isObject()) {
        throw new ModelFormatException(name, "no JSON object");
      }
      return new ModelJson(name, node);
    } catch (JacksonException e) {
      throw new ModelFormatException(name, "no valid JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** A complaint about a field, for the caller to throw. */
  public ModelFormatException malformed(String field, String problem) {
    return new ModelFormatException(where + ": " + field, problem);
  }

  /** The field, unless it is absent or null. */
  public @Nullable JsonNode field(String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /** The field as an object; null where it is absent. */
  public @Nullable ModelJson object(String name) {
    JsonNode value = field(name);
    if (value == null) {
      return null;
    }
    if (!value.isObject()) {
      throw malformed(name, "no object");
    }
    return new ModelJson(where + ": " + name, value);
  }

  /** The field as a string; null where it is absent. */
  public @Nullable String text(String name) {
    JsonNode value = field(name);
    if (value == null) {
      return null;
    }
    if (!value.isString()) {
      throw malformed(name, "no string");
    }
    return value.stringValue();
  }

  /** The field as a whole number of 32 bits, where it is there. */
  public OptionalInt integer(String name) {
    JsonNode value = field(name);
    if (value == null) {
      return OptionalInt.empty();
    }
    if (!value.canConvertToInt() || !value.isNumber()) {
      throw malformed(name, "no whole number of 32 bits");
    }
    return OptionalInt.of(value.intValue());
  }

  /** The field as a number, where it is there. */
  public OptionalDouble decimal(String name) {
    JsonNode value = field(name);
    if (value == null) {
      return OptionalDouble.empty();
    }
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw malformed(name, "no number");
    }
    return OptionalDouble.of(value.doubleValue());
  }

  /** The field, true or false, or what holds where it is absent. */
  public boolean flag(String name, boolean absent) {
    JsonNode value = field(name);
    if (value == null) {
      return absent;
    }
    if (!value.isBoolean()) {
      throw malformed(name, "neither true nor false");
    }
    return value.booleanValue();
  }

  /** Objects of a list; empty where the field is absent. */
  List<ModelJson> objects(String name) {
    JsonNode value = field(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray() || !value.valueStream().allMatch(JsonNode::isObject)) {
      throw malformed(name, "no list of objects");
    }
    return value.valueStream().map(each -> new ModelJson(where + ": " + name, each)).toList();
  }

  /** The field as a list of finite numbers; it must be there. */
  public List<Double> decimals(String name) {
    JsonNode value = field(name);
    if (value == null || !value.isArray()) {
      throw malformed(name, "no list of numbers");
    }
    List<Double> numbers = new ArrayList<>();
    for (JsonNode element : value) {
      if (!element.isNumber() || !Double.isFinite(element.doubleValue())) {
        throw malformed(name, "not only numbers");
      }
      numbers.add(element.doubleValue());
    }
    return numbers;
  }

  /** Strings of a list; empty where the field is absent. */
  public List<String> texts(String name) {
    JsonNode value = field(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      throw malformed(name, "no list");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : value) {
      if (!element.isString()) {
        throw malformed(name, "not only strings");
      }
      texts.add(element.stringValue());
    }
    return texts;
  }
}
