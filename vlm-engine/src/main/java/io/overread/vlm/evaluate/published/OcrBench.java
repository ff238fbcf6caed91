package io.overread.vlm.evaluate.published;

import static io.overread.vlm.evaluate.published.JsonDocument.optional;
import static io.overread.vlm.evaluate.published.JsonDocument.required;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * OCRBench (Liu et al., 2023): {@code OCRBench.json}, a list of {@code image_path}, {@code
 * question}, {@code answers} (one or several texts), {@code dataset_name} and {@code type}; every
 * entry counts one point. All of it is for measuring.
 */
final class OcrBench implements QuestionReader {

  private static final String FILE = "OCRBench.json";

  /** Its handwritten formulas are compared with their case and without any space. */
  static final String FORMULAS = "HME100k";

  @Override
  public boolean recognises(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE));
  }

  @Override
  public QuestionSet read(Folder folder, Part part, Shelf shelf) {
    Folder images = folder.below("OCRBench_Images", "images");
    List<AskedQuestion> questions = new ArrayList<>();
    if (part != Part.TRAIN) {
      JsonDocument.forEach(
          folder.file(FILE), null, (at, json) -> questions.add(question(at, json, images)));
    }
    return new QuestionSet("OCRBench", questions, "");
  }

  private static AskedQuestion question(int at, JsonNode json, Folder images) {
    String image = required(json, "image_path");
    String source = optional(json, "dataset_name");
    String type = FORMULAS.equalsIgnoreCase(source) ? FORMULAS : optional(json, "type");
    String id = optional(json, "id");
    return new AskedQuestion(
        Origin.of(id == null ? Integer.toString(at) : id, image),
        List.of(images.file(image)),
        required(json, "question"),
        new Truth(
            Truth.Rule.CONTAINED, JsonDocument.texts(json.path("answers")), List.of(), 0, false),
        type == null ? "" : type);
  }
}
