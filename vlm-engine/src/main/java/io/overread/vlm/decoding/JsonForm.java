package io.overread.vlm.decoding;

import io.overread.vlm.decoding.Constraint.Choices;
import io.overread.vlm.decoding.Constraint.DecimalNumber;
import io.overread.vlm.decoding.Constraint.JsonOf;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A constraint as an engine elsewhere is given it, whose tokens are out of reach: a JSON schema of
 * an object, since engines take no other; and what of its answer is the text that the constraint
 * allows.
 */
public final class JsonForm {

  /** The field of the object that holds what is no object itself. */
  public static final String FIELD = "answer";

  /** As people and many models frame it. */
  private static final Pattern FENCED =
      Pattern.compile("```(?:json)?\\s*(.*?)\\s*```", Pattern.DOTALL);

  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(32).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final Constraint constraint;
  private final JsonNode value;
  private final boolean wrapped;

  private JsonForm(Constraint constraint, JsonNode value) {
    this.constraint = constraint;
    this.value = value;
    this.wrapped = !value.path("type").asString("").equals("object");
  }

  /** Of a constraint. */
  public static JsonForm of(Constraint constraint) {
    return new JsonForm(
        constraint,
        switch (constraint) {
          case Choices choices -> {
            ObjectNode text = STRICT.createObjectNode().put("type", "string");
            choices.texts().forEach(text.putArray("enum")::add);
            yield text;
          }
          case DecimalNumber number ->
              STRICT.createObjectNode().put("type", number.decimals() == 0 ? "integer" : "number");
          case JsonOf json -> JsonSchemas.explicit(json.schema());
        });
  }

  /** What is constrained. */
  public Constraint constraint() {
    return constraint;
  }

  /** The schema of the answer itself, with the bounds that the constraint assumes spelt out. */
  public JsonNode value() {
    return value;
  }

  /** The same as an object, with {@link #FIELD} around what is none. */
  public ObjectNode schema() {
    if (!wrapped) {
      return (ObjectNode) value.deepCopy();
    }
    ObjectNode object = STRICT.createObjectNode().put("type", "object");
    object.putObject("properties").set(FIELD, value.deepCopy());
    object.putArray("required").add(FIELD);
    return object.put("additionalProperties", false);
  }

  /**
   * The text that an engine's answer stands for: as it is, or, where it is JSON, without white
   * space, in the schema's order and out of {@link #FIELD}. Empty if none is within the constraint.
   */
  public Optional<String> read(String written) {
    String text = written.strip();
    if (constraint.fits(text)) {
      return Optional.of(text);
    }
    Matcher fenced = FENCED.matcher(text);
    try {
      JsonNode json = STRICT.readTree(fenced.matches() ? fenced.group(1) : text);
      return Optional.ofNullable(json).map(this::meant).filter(constraint::fits);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private @Nullable String meant(JsonNode json) {
    JsonNode inside = json;
    if (wrapped && json.isObject() && json.size() == 1) {
      inside = json.path(FIELD);
    }
    return switch (constraint) {
      case Choices choices -> inside.isString() ? inside.stringValue() : null;
      case DecimalNumber number ->
          inside.isNumber() ? JsonSchemas.plain(inside, number.decimals()) : null;
      case JsonOf schema -> JsonSchemas.written(value, inside);
    };
  }
}
