package io.overread.vlm.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
      case "number" -> new Constraint.DecimalNumber(9, 6).expression();
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

  private static int number(JsonNode schema, String name, int absent) {
    int value = schema.path(name).asInt(absent);
    if (value < 0 || value > MOST) {
      throw new IllegalArgumentException(name + " is not from 0 to " + MOST);
    }
    return value;
  }
}
