package io.overread.vlm.remote;

import io.overread.vlm.decoding.Constraint.Choices;
import io.overread.vlm.decoding.JsonForm;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A constraint in Gemini's own words: an enumeration, or its subset of OpenAPI's schema. It can
 * enumerate texts alone, so of other values only the type is said.
 */
final class GeminiSchema {

  private static final List<String> BOUNDS =
      List.of("minLength", "maxLength", "minItems", "maxItems");

  private GeminiSchema() {}

  /** Into {@code generationConfig}. */
  static void put(JsonForm form, ObjectNode config) {
    boolean choice = form.constraint() instanceof Choices;
    config.put("responseMimeType", choice ? "text/x.enum" : "application/json");
    config.set("responseSchema", of(choice ? form.value() : form.schema()));
  }

  private static ObjectNode of(JsonNode schema) {
    ObjectNode own = Body.object();
    String type = schema.path("type").asString("");
    if (type.isEmpty()) {
      ArrayNode any = own.putArray("anyOf");
      schema
          .path("enum")
          .valueStream()
          .map(JsonNode::getNodeType)
          .distinct()
          .forEach(each -> any.addObject().put("type", each.name()));
    } else {
      own.put("type", type.toUpperCase(Locale.ROOT));
    }
    if (schema.has("description")) {
      own.set("description", schema.get("description"));
    }
    if (schema.has("enum") && type.equals("string")) {
      own.set("enum", schema.get("enum"));
    }
    if (schema.has("items")) {
      own.set("items", of(schema.path("items")));
    }
    if (schema.has("properties")) {
      ObjectNode properties = own.putObject("properties");
      ArrayNode order = own.putArray("propertyOrdering");
      for (var property : schema.path("properties").properties()) {
        properties.set(property.getKey(), of(property.getValue()));
        order.add(property.getKey());
      }
      own.set("required", schema.path("required"));
    }
    for (String bound : BOUNDS) {
      if (schema.has(bound)) {
        own.put(bound, schema.path(bound).asString()); // 64-bit integers are texts in its JSON
      }
    }
    return own;
  }
}
