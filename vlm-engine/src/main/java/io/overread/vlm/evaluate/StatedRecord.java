package io.overread.vlm.evaluate;

import io.overread.vlm.evaluate.published.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One line of {@code records.jsonl}: an image and what its source states of it.
 *
 * @param subject which image it is
 * @param image path below the folder
 * @param split the part of the data that it belongs to, such as train or dev
 * @param modality XR, CT, MR, US or another; null where not stated
 * @param bodyPart the region that it shows; null where not stated
 * @param labels in lower case
 * @param questions questions with their answers; may be empty
 * @param boxes where findings lie; may be empty
 */
record StatedRecord(
    Subject subject,
    String image,
    String split,
    @Nullable String modality,
    @Nullable String bodyPart,
    Set<String> labels,
    List<StatedAnswer> questions,
    List<StatedBox> boxes) {

  StatedRecord {
    labels = Set.copyOf(labels);
    questions = List.copyOf(questions);
    boxes = List.copyOf(boxes);
  }

  /**
   * Reads one line.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static StatedRecord of(JsonNode json) {
    if (!json.isObject()) {
      throw new IllegalArgumentException("no JSON object");
    }
    Set<String> labels = new HashSet<>();
    json.path("labels").forEach(label -> labels.add(label.asString("").toLowerCase(Locale.ROOT)));
    List<StatedAnswer> questions = new ArrayList<>();
    json.path("qa").forEach(qa -> questions.add(StatedAnswer.of(qa)));
    List<StatedBox> boxes = new ArrayList<>();
    json.path("boxes").forEach(box -> boxes.add(StatedBox.of(box)));
    return new StatedRecord(
        new Subject(
            required(json, "id"),
            required(json, "source"),
            required(json, "group"),
            Origin.sex(json.path("sex").asString("")),
            Origin.age(json.path("age").asString("")),
            Origin.scanner(json)),
        required(json, "image"),
        required(json, "split"),
        optional(json, "modality"),
        optional(json, "body_part"),
        labels,
        questions,
        boxes);
  }

  private static String required(JsonNode json, String name) {
    String text = optional(json, name);
    if (text == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return text;
  }

  private static @Nullable String optional(JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isString() || value.stringValue().isBlank()) {
      throw new IllegalArgumentException(name + " is no text");
    }
    return value.stringValue();
  }

  /**
   * A question with its answer.
   *
   * @param type kind and form, such as {@code PLANE/OPEN}; may be empty
   */
  record StatedAnswer(String question, String answer, String type) {

    static StatedAnswer of(JsonNode json) {
      String question = json.path("question").asString("").strip().replaceAll("\\s+", " ");
      if (question.isEmpty() || json.path("answer").isMissingNode()) {
        throw new IllegalArgumentException("a question or its answer is missing");
      }
      String answer = json.path("answer").asString("").strip().replaceAll("\\s+", " ");
      return new StatedAnswer(question, answer, json.path("type").asString(""));
    }
  }
}
