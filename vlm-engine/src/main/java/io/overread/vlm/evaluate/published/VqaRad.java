package io.overread.vlm.evaluate.published;

import static io.overread.vlm.evaluate.published.JsonDocument.optional;
import static io.overread.vlm.evaluate.published.JsonDocument.required;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * VQA-RAD (Lau et al., 2018) as on OSF: one list whose entries have {@code qid}, {@code
 * image_name}, {@code question}, {@code answer}, {@code answer_type} (OPEN or CLOSED), {@code
 * question_type} and {@code phrase_type}, which starts with {@code test} in the test part.
 */
final class VqaRad implements QuestionReader {

  private static final String FILE = "VQA_RAD Dataset Public.json";

  @Override
  public boolean recognises(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE));
  }

  @Override
  public QuestionSet read(Folder folder, Part part, Shelf shelf) {
    Folder images = folder.below("VQA_RAD Image Folder", "images");
    List<AskedQuestion> questions = new ArrayList<>();
    JsonDocument.forEach(
        folder.file(FILE),
        null,
        (at, json) -> {
          boolean test = required(json, "phrase_type").toLowerCase(Locale.ROOT).startsWith("test");
          if (part == Part.ALL || test == (part == Part.DEV)) {
            questions.add(question(json, images));
          }
        });
    return new QuestionSet("VQA-RAD", questions, "");
  }

  private static AskedQuestion question(JsonNode json, Folder images) {
    String image = required(json, "image_name");
    String type = optional(json, "question_type");
    boolean closed = "closed".equalsIgnoreCase(optional(json, "answer_type"));
    return new AskedQuestion(
        Origin.of(required(json, "qid"), image),
        List.of(images.file(image)),
        required(json, "question"),
        Truth.words(required(json, "answer"), closed),
        type == null ? "" : type);
  }
}
