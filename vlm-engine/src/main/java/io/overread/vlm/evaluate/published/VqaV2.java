package io.overread.vlm.evaluate.published;

import static io.overread.vlm.evaluate.published.JsonDocument.optional;
import static io.overread.vlm.evaluate.published.JsonDocument.required;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * VQAv2 (Goyal et al., 2017): {@code v2_OpenEnded_mscoco_val2014_questions.json} with {@code
 * questions} of {@code question_id}, {@code image_id} and {@code question}, and {@code
 * v2_mscoco_val2014_annotations.json} with {@code annotations} of ten {@code answers} each; images
 * are COCO's. Its test part has no published answers.
 */
final class VqaV2 implements QuestionReader {

  private static final String QUESTIONS = "_questions.json";
  private static final String ANNOTATIONS = "_annotations.json";

  private record Annotation(List<String> answers, String type) {}

  @Override
  public boolean recognises(Path folder) {
    return !Folder.endingWith(folder, QUESTIONS).isEmpty()
        && !Folder.endingWith(folder, ANNOTATIONS).isEmpty();
  }

  @Override
  public QuestionSet read(Folder folder, Part part, Shelf shelf) {
    Map<String, Annotation> annotations = new HashMap<>();
    for (Path file : of(folder, ANNOTATIONS, part)) {
      JsonDocument.forEach(
          file,
          "annotations",
          (at, json) -> annotations.put(required(json, "question_id"), annotation(json)));
    }
    List<AskedQuestion> questions = new ArrayList<>();
    for (Path file : of(folder, QUESTIONS, part)) {
      String subset = subset(file);
      JsonDocument.forEach(
          file,
          "questions",
          (at, json) -> {
            Annotation annotation = annotations.get(required(json, "question_id"));
            if (annotation != null) {
              questions.add(question(json, annotation, folder, subset));
            }
          });
    }
    return new QuestionSet("VQAv2", questions, "");
  }

  private static List<Path> of(Folder folder, String ending, Part part) {
    return Folder.endingWith(folder.root(), ending).stream()
        .filter(
            file ->
                switch (part) {
                  case ALL -> true;
                  case TRAIN -> subset(file).startsWith("train");
                  case DEV -> subset(file).startsWith("val");
                })
        .toList();
  }

  /** Such as {@code val2014}: what the file is called after the images' set. */
  private static String subset(Path file) {
    String name = String.valueOf(file.getFileName()).replaceFirst("_[a-z]+\\.json$", "");
    return name.substring(name.lastIndexOf('_') + 1);
  }

  private static Annotation annotation(JsonNode json) {
    List<String> answers =
        json.path("answers").valueStream().map(each -> required(each, "answer")).toList();
    String type = optional(json, "answer_type");
    return new Annotation(answers, type == null ? "" : type);
  }

  private static AskedQuestion question(
      JsonNode json, Annotation annotation, Folder folder, String subset) {
    String image = required(json, "image_id");
    return new AskedQuestion(
        Origin.of(required(json, "question_id"), image),
        List.of(image(folder, subset, image)),
        required(json, "question"),
        new Truth(
            Truth.Rule.TEN_ANSWERS,
            annotation.answers(),
            List.of(),
            0,
            annotation.type().equals("yes/no")),
        annotation.type());
  }

  private static Path image(Folder folder, String subset, String id) {
    long number = number(id);
    String name = String.format(Locale.ROOT, "COCO_%s_%012d.jpg", subset, number);
    Path own = folder.file(subset, name);
    Path images = folder.file("images", name);
    return !Files.isRegularFile(own) && Files.isRegularFile(images) ? images : own;
  }

  private static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the image_id " + id + " is no number");
    }
  }
}
