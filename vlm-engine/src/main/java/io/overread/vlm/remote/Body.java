package io.overread.vlm.remote;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests in JSON. */
final class Body {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Body() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** A JSON schema without some of its keywords, which may still be names of properties. */
  static ObjectNode without(ObjectNode schema, String... keywords) {
    schema.remove(List.of(keywords));
    if (schema.get("items") instanceof ObjectNode items) {
      without(items, keywords);
    }
    for (JsonNode property : schema.path("properties")) {
      if (property instanceof ObjectNode object) {
        without(object, keywords);
      }
    }
    return schema;
  }

  static HttpRequest.Builder post(URI base, String path, ObjectNode body) {
    return HttpRequest.newBuilder(at(base, path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(MAPPER.writeValueAsString(body)));
  }

  static URI at(URI base, String path) {
    String before = base.toString();
    return URI.create(
        (before.endsWith("/") ? before.substring(0, before.length() - 1) : before) + path);
  }

  /** A model's name as one segment of a path. */
  static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
