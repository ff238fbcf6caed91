package io.overread.vlm.evaluate.published;

import static io.overread.vlm.evaluate.published.JsonDocument.optional;
import static io.overread.vlm.evaluate.published.JsonDocument.required;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * SLAKE (Liu et al., 2021): a list in each of {@code train.json}, {@code validate.json} and {@code
 * test.json} whose entries have {@code qid}, {@code img_name}, {@code question}, {@code answer},
 * {@code answer_type}, {@code content_type} and {@code q_lang}. Its English questions are read.
 */
final class Slake implements QuestionReader {

  private static final String TEST = "test.json";
  private static final String VALIDATE = "validate.json";
  private static final String TRAIN = "train.json";

  @Override
  public boolean recognises(Path folder) {
    return Stream.of(TEST, VALIDATE, TRAIN)
        .anyMatch(
            file ->
                JsonDocument.startsWith(folder.resolve(file), Set.of("qid", "img_name", "q_lang")));
  }

  @Override
  public QuestionSet read(Folder folder, Part part, Shelf shelf) {
    Folder images = folder.below("imgs");
    List<AskedQuestion> questions = new ArrayList<>();
    int[] others = new int[1];
    for (String file : files(folder, part)) {
      JsonDocument.forEach(
          folder.file(file),
          null,
          (at, json) -> {
            if ("en".equals(optional(json, "q_lang"))) {
              questions.add(question(json, images));
            } else {
              others[0]++;
            }
          });
    }
    return new QuestionSet(
        "SLAKE", questions, others[0] == 0 ? "" : others[0] + " questions are not in English");
  }

  private static List<String> files(Folder folder, Part part) {
    List<String> there =
        Stream.of(TEST, VALIDATE, TRAIN)
            .filter(file -> Files.isRegularFile(folder.file(file)))
            .toList();
    return switch (part) {
      case ALL -> there;
      case TRAIN -> there.stream().filter(TRAIN::equals).toList();
      case DEV -> there.stream().filter(file -> !file.equals(TRAIN)).limit(1).toList();
    };
  }

  private static AskedQuestion question(JsonNode json, Folder images) {
    String image = required(json, "img_name");
    String type = optional(json, "content_type");
    return new AskedQuestion(
        Origin.of(required(json, "qid"), image),
        List.of(images.file(image)),
        required(json, "question"),
        Truth.words(
            required(json, "answer"), "closed".equalsIgnoreCase(optional(json, "answer_type"))),
        type == null ? "" : type);
  }
}
