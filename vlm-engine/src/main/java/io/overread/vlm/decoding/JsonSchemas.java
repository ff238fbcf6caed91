package io.overread.vlm.decoding;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schema as far as it is a regular language: {@code type} (string, integer, number, boolean,
 * null, object, array), {@code enum}, {@code const}, {@code properties} (all are written, in their
 * order), {@code items}, {@code minItems}, {@code maxItems}, {@code minLength}, {@code maxLength}.
 * JSON is written without white space. What else constrains is refused, not ignored.
 */
final class JsonSchemas {

  private static final Set<String> KNOWN =
      Set.of(
          "type",
          "enum",
          "const",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "minItems",
          "maxItems",
          "minLength",
          "maxLength",
          "title",
          "description",
          "$schema");

  private static final int DEFAULT_LENGTH = 64;
  private static final int DEFAULT_ITEMS = 16;
  private static final int DECIMALS = 6;

  /**
   * Numbers of more digits are within no constraint, and writing them out could take all memory.
   */
  private static final int MOST_DIGITS = 64;

  private static final int MOST = 1_000;
  private static final int MOST_NESTED = 8;

  /** A character that stands for itself in a JSON string (RFC 8259, 7), as UTF-8 writes it. */
  private static final Expression PLAIN =
      Expression.either(
          List.of(
              Expression.range(0x20, 0x21),
              Expression.range(0x23, 0x5b),
              Expression.range(0x5d, 0x7e),
              Expression.sequence(Expression.range(0xc2, 0xdf), next()),
              Expression.sequence(
                  Expression.range(0xe0, 0xe0), Expression.range(0xa0, 0xbf), next()),
              Expression.sequence(Expression.range(0xe1, 0xec), next(), next()),
              Expression.sequence(
                  Expression.range(0xed, 0xed), Expression.range(0x80, 0x9f), next()),
              Expression.sequence(Expression.range(0xee, 0xef), next(), next()),
              Expression.sequence(
                  Expression.range(0xf0, 0xf0), Expression.range(0x90, 0xbf), next(), next()),
              Expression.sequence(Expression.range(0xf1, 0xf3), next(), next(), next()),
              Expression.sequence(
                  Expression.range(0xf4, 0xf4), Expression.range(0x80, 0x8f), next(), next())));

  private static final Expression CHARACTER =
      Expression.either(
          List.of(
              PLAIN, Expression.sequence(Expression.text("\\"), Expression.oneOf("\"\\/bfnrt"))));

  private JsonSchemas() {}

  private static Expression next() {
    return Expression.range(0x80, 0xbf);
  }

  /**
   * What the schema allows.
   *
   * @throws IllegalArgumentException naming what can't be followed
   */
  static Expression expression(String schema) {
    try {
      return of(JsonMapper.shared().readTree(schema), 0);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Expression of(JsonNode schema, int depth) {
    if (schema == null || !schema.isObject() || depth > MOST_NESTED) {
      throw new IllegalArgumentException(
          "no schema, or more than " + MOST_NESTED + " in each other");
    }
    for (String keyword : schema.propertyNames()) {
      if (!KNOWN.contains(keyword)) {
        throw new IllegalArgumentException("the keyword '" + keyword + "' can't be followed");
      }
    }
    if (schema.has("const")) {
      return Expression.text(schema.get("const").toString());
    }
    if (schema.has("enum")) {
      return Expression.either(
          schema.get("enum").valueStream().map(each -> Expression.text(each.toString())).toList());
    }
    String type = schema.path("type").asString("");
    return switch (type) {
      case "string" -> string(schema);
      case "integer" -> new Constraint.DecimalNumber(9, 0).expression();
      case "number" -> new Constraint.DecimalNumber(9, DECIMALS).expression();
      case "boolean" ->
          Expression.either(List.of(Expression.text("true"), Expression.text("false")));
      case "null" -> Expression.text("null");
      case "object" -> object(schema, depth);
      case "array" -> array(schema, depth);
      default -> throw new IllegalArgumentException("the type '" + type + "' can't be followed");
    };
  }

  private static Expression string(JsonNode schema) {
    int least = number(schema, "minLength", 0);
    int most = number(schema, "maxLength", Math.max(least, DEFAULT_LENGTH));
    Expression quote = Expression.text("\"");
    return Expression.sequence(quote, Expression.repeat(CHARACTER, least, most), quote);
  }

  private static Expression object(JsonNode schema, int depth) {
    List<Expression> parts = new ArrayList<>();
    parts.add(Expression.text("{"));
    for (var property : schema.path("properties").properties()) {
      String name = JsonMapper.shared().writeValueAsString(property.getKey());
      parts.add(Expression.text((parts.size() == 1 ? "" : ",") + name + ":"));
      parts.add(of(property.getValue(), depth + 1));
    }
    parts.add(Expression.text("}"));
    return Expression.sequence(parts.toArray(Expression[]::new));
  }

  private static Expression array(JsonNode schema, int depth) {
    int least = number(schema, "minItems", 0);
    int most = number(schema, "maxItems", Math.max(least, DEFAULT_ITEMS));
    Expression item = of(schema.path("items"), depth + 1);
    Expression more =
        Expression.repeat(
            Expression.sequence(Expression.text(","), item), Math.max(0, least - 1), most - 1);
    Expression some = Expression.sequence(item, more);
    Expression inside = most == 0 ? Expression.END : least == 0 ? Expression.optional(some) : some;
    return Expression.sequence(Expression.text("["), inside, Expression.text("]"));
  }

  /**
   * A schema that {@link #expression} follows, with all that it assumes spelt out: every property
   * is required and no other allowed, strings and arrays have their bounds.
   */
  static ObjectNode explicit(String schema) {
    return explicit(JsonMapper.shared().readTree(schema));
  }

  private static ObjectNode explicit(JsonNode schema) {
    ObjectNode explicit = JsonMapper.shared().createObjectNode();
    if (schema.has("description")) {
      explicit.set("description", schema.get("description"));
    }
    if (schema.has("const") || schema.has("enum")) {
      ArrayNode values = explicit.putArray("enum");
      if (schema.has("const")) {
        values.add(schema.get("const"));
      } else {
        schema.get("enum").forEach(values::add);
      }
      List<String> types = values.valueStream().map(JsonSchemas::typeOf).distinct().toList();
      return types.size() == 1 ? explicit.put("type", types.getFirst()) : explicit;
    }
    String type = schema.path("type").asString("");
    explicit.put("type", type);
    switch (type) {
      case "string" -> {
        int least = number(schema, "minLength", 0);
        explicit.put("minLength", least);
        explicit.put("maxLength", number(schema, "maxLength", Math.max(least, DEFAULT_LENGTH)));
      }
      case "array" -> {
        int least = number(schema, "minItems", 0);
        explicit.set("items", explicit(schema.path("items")));
        explicit.put("minItems", least);
        explicit.put("maxItems", number(schema, "maxItems", Math.max(least, DEFAULT_ITEMS)));
      }
      case "object" -> {
        ObjectNode properties = explicit.putObject("properties");
        ArrayNode required = explicit.putArray("required");
        for (var property : schema.path("properties").properties()) {
          properties.set(property.getKey(), explicit(property.getValue()));
          required.add(property.getKey());
        }
        explicit.put("additionalProperties", false);
      }
      default -> {}
    }
    return explicit;
  }

  private static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "string";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      case BOOLEAN -> "boolean";
      case ARRAY -> "array";
      case OBJECT -> "object";
      default -> "null";
    };
  }

  /**
   * A value as {@link #expression} has it: without white space, in the schema's order; null where
   * it is none of the schema. What it is shorter or longer than, only the expression says.
   *
   * @param schema an {@link #explicit} one
   */
  static @Nullable String written(JsonNode schema, JsonNode value) {
    if (schema.has("enum")) {
      return schema
          .get("enum")
          .valueStream()
          .filter(option -> same(option, value))
          .map(JsonNode::toString)
          .findFirst()
          .orElse(null);
    }
    return switch (schema.path("type").asString("")) {
      case "integer" -> value.isNumber() ? plain(value, 0) : null;
      case "number" -> value.isNumber() ? plain(value, DECIMALS) : null;
      case "string" -> value.isString() ? value.toString() : null;
      case "object" -> writtenObject(schema.path("properties"), value);
      case "array" -> writtenArray(schema.path("items"), value);
      default -> value.toString();
    };
  }

  private static boolean same(JsonNode option, JsonNode value) {
    return (option.isNumber() && value.isNumber())
        ? option.decimalValue().compareTo(value.decimalValue()) == 0
        : option.equals(value);
  }

  private static @Nullable String writtenObject(JsonNode properties, JsonNode value) {
    if (!value.isObject() || value.size() != properties.size()) {
      return null;
    }
    StringJoiner fields = new StringJoiner(",", "{", "}");
    for (var property : properties.properties()) {
      String field =
          value.has(property.getKey())
              ? written(property.getValue(), value.get(property.getKey()))
              : null;
      if (field == null) {
        return null;
      }
      fields.add(JsonMapper.shared().writeValueAsString(property.getKey()) + ":" + field);
    }
    return fields.toString();
  }

  private static @Nullable String writtenArray(JsonNode items, JsonNode value) {
    if (!value.isArray()) {
      return null;
    }
    StringJoiner all = new StringJoiner(",", "[", "]");
    for (JsonNode each : value) {
      String item = written(items, each);
      if (item == null) {
        return null;
      }
      all.add(item);
    }
    return all.toString();
  }

  /** A number without an exponent and without zeros that say nothing; null if it is too long. */
  static @Nullable String plain(JsonNode number, int decimals) {
    BigDecimal exact = number.decimalValue();
    if (exact.precision() > MOST_DIGITS || Math.abs((long) exact.scale()) > MOST_DIGITS) {
      return null;
    }
    BigDecimal shorter = exact.scale() > decimals ? exact.stripTrailingZeros() : exact;
    return shorter.toPlainString();
  }

  private static int number(JsonNode schema, String name, int absent) {
    int value = schema.path(name).asInt(absent);
    if (value < 0 || value > MOST) {
      throw new IllegalArgumentException(name + " is not from 0 to " + MOST);
    }
    return value;
  }
}
