package io.overread.vlm.remote;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests in JSON. */
final class Body {

  /** The field of the object in which a choice is given. */
  static final String CHOICE = "answer";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Body() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** A JSON schema of an object whose one field is one of the choices. */
  static ObjectNode choice(List<String> choices) {
    ObjectNode schema = object().put("type", "object");
    ObjectNode field = schema.putObject("properties").putObject(CHOICE).put("type", "string");
    ArrayNode values = field.putArray("enum");
    choices.forEach(values::add);
    schema.putArray("required").add(CHOICE);
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
