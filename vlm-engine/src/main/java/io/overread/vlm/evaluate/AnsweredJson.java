package io.overread.vlm.evaluate;

import io.overread.vlm.evaluate.published.AskedQuestion;
import io.overread.vlm.evaluate.published.Origin;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Replies as JSON: short beside the set they belong to, and in full for people. */
final class AnsweredJson {

  private final Map<String, AskedQuestion> questions;

  AnsweredJson(List<AskedQuestion> questions) {
    this.questions =
        questions.stream()
            .collect(Collectors.toMap(question -> question.origin().id(), Function.identity()));
  }

  /** What cannot be had from the set again. */
  static ObjectNode write(Answered answered) {
    Reply reply = answered.reply();
    ObjectNode json =
        JsonMapper.shared()
            .createObjectNode()
            .put("id", answered.asked().origin().id())
            .put("of", answered.condition().label())
            .put("answer", reply.text());
    put(json, reply);
    return json;
  }

  private static void put(ObjectNode json, Reply reply) {
    if (reply.confidence() != null) {
      json.put("confidence", reply.confidence());
    }
    if (reply.probability() != null) {
      json.put("probability", reply.probability());
    }
    if (reply.refused()) {
      json.put("refused", true);
    }
  }

  Answered read(JsonNode json) {
    AskedQuestion asked = questions.get(json.path("id").asString(""));
    if (asked == null) {
      throw new UnusableDataException("no question has the id " + json.path("id"));
    }
    return new Answered(
        asked,
        Condition.valueOf(json.path("of").asString("").toUpperCase(Locale.ROOT)),
        new Reply(
            json.path("answer").asString(""),
            json.has("confidence") ? Double.valueOf(json.get("confidence").doubleValue()) : null,
            json.has("probability") ? Double.valueOf(json.get("probability").doubleValue()) : null,
            json.path("refused").asBoolean(false)));
  }

  /** One line of the predictions, from which every figure can be computed again. */
  static ObjectNode line(Answered answered) {
    AskedQuestion asked = answered.asked();
    Origin origin = asked.origin();
    ObjectNode json =
        JsonMapper.shared()
            .createObjectNode()
            .put("id", origin.id())
            .put("group", origin.group())
            .put("of", answered.condition().label())
            .put("question", asked.words());
    JsonFigures.text(json, "type", asked.type());
    json.put("rule", asked.truth().rule().words()).put("closed", asked.truth().closed());
    ArrayNode truth = json.putArray("truth");
    asked.truth().answers().forEach(truth::add);
    json.put("answer", answered.reply().text());
    put(json, answered.reply());
    if (!Double.isNaN(answered.right())) {
      json.put("right", answered.right());
    }
    JsonFigures.text(json, "sex", origin.sex());
    if (origin.age() != null) {
      json.put("age", origin.age());
    }
    JsonFigures.text(json, "scanner", origin.scanner());
    return json;
  }
}
