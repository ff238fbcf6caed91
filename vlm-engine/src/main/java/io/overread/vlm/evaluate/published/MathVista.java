package io.overread.vlm.evaluate.published;

import static io.overread.vlm.evaluate.published.JsonDocument.optional;
import static io.overread.vlm.evaluate.published.JsonDocument.required;

import io.overread.vlm.evaluate.published.Truth.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * MathVista (Lu et al., 2024): {@code testmini.json}, an object of {@code pid} to {@code question},
 * {@code image}, {@code choices}, {@code precision}, {@code answer}, {@code question_type}, {@code
 * answer_type} and {@code metadata}; the model is asked the {@code query}, which holds hint and
 * choices. The published scripts let GPT-4 pick the answer out of the text; here its last number,
 * or the choice that it names, counts.
 */
final class MathVista implements QuestionReader {

  private static final String FILE = "testmini.json";

  @Override
  public boolean recognises(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE));
  }

  @Override
  public QuestionSet read(Folder folder, Part part, Shelf shelf) {
    List<AskedQuestion> questions = new ArrayList<>();
    if (part != Part.TRAIN) {
      JsonDocument.forEachNamed(
          folder.file(FILE), (pid, json) -> questions.add(question(pid, json, folder)));
    }
    return new QuestionSet("MathVista", questions, "");
  }

  private static AskedQuestion question(String pid, JsonNode json, Folder folder) {
    String image = required(json, "image");
    List<String> choices = JsonDocument.texts(json.path("choices"));
    String asked = required(json, "question");
    String query = optional(json, "query");
    String task = optional(json.path("metadata"), "task");
    return new AskedQuestion(
        Origin.of(pid, image),
        List.of(folder.file(image)),
        query != null ? query : choices.isEmpty() ? asked : Lettered.words(asked, choices),
        truth(json, choices),
        task == null ? "" : task);
  }

  private static Truth truth(JsonNode json, List<String> choices) {
    String answer = required(json, "answer");
    if (!choices.isEmpty()) {
      int right = choices.indexOf(answer);
      if (right < 0) {
        throw new IllegalArgumentException("the answer " + answer + " is none of the choices");
      }
      return Truth.choice(right, choices);
    }
    return switch (required(json, "answer_type")) {
      case "integer" -> new Truth(Rule.NUMBER, List.of(answer), List.of(), 0, false);
      case "float" ->
          new Truth(
              Rule.NUMBER,
              List.of(answer),
              List.of(),
              (int) Math.round(json.path("precision").asDouble(2)),
              false);
      default -> Truth.words(answer, false);
    };
  }
}
