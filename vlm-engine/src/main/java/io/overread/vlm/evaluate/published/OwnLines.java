package io.overread.vlm.evaluate.published;

import static io.overread.vlm.evaluate.published.JsonDocument.optional;
import static io.overread.vlm.evaluate.published.JsonDocument.required;

import io.overread.vlm.evaluate.published.Truth.Rule;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Our own: {@code questions.jsonl}, an object a line with {@code id}, {@code image} or {@code
 * images}, {@code question}, {@code answer} or {@code answers}; further, where known, {@code kind}
 * ({@code closed}, {@code open}, {@code number}, {@code contained}, {@code ten}, {@code report}),
 * {@code choices}, {@code decimals}, {@code type}, {@code group}, {@code split}, {@code sex},
 * {@code age}, {@code manufacturer} and {@code model}.
 */
final class OwnLines implements QuestionReader {

  private static final String FILE = "questions.jsonl";
  private static final int MAX_LINE = 1 << 20;

  @Override
  public boolean recognises(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE));
  }

  @Override
  public QuestionSet read(Folder folder, Part part, Shelf shelf) {
    List<AskedQuestion> questions = new ArrayList<>();
    Path file = folder.file(FILE);
    int number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (line.length() > MAX_LINE) {
          throw new IllegalArgumentException("it is too long");
        }
        if (!line.isBlank()) {
          JsonNode json = JsonMapper.shared().readTree(line);
          if (isOf(part, optional(json, "split"))) {
            questions.add(question(json, folder));
          }
        }
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          file + ", line " + number + ": no valid JSON: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ", line " + number + ": " + e.getMessage());
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage());
    }
    return new QuestionSet("own questions", questions, "");
  }

  /** What states no part is for measuring. */
  private static boolean isOf(Part part, @Nullable String split) {
    return part == Part.ALL || "train".equals(split) == (part == Part.TRAIN);
  }

  private static AskedQuestion question(JsonNode json, Folder folder) {
    List<String> images =
        JsonDocument.texts(json.has("images") ? json.path("images") : json.path("image"));
    String id = required(json, "id");
    String group = optional(json, "group");
    String type = optional(json, "type");
    List<String> choices = JsonDocument.texts(json.path("choices"));
    String asked = required(json, "question");
    if (images.isEmpty()) {
      throw new IllegalArgumentException("an entry lacks image");
    }
    return new AskedQuestion(
        Origin.of(id, group == null ? images.getFirst() : group, json),
        images.stream().map(folder::file).toList(),
        choices.isEmpty() ? asked : Lettered.words(asked, choices),
        truth(json, choices),
        type == null ? "" : type);
  }

  private static Truth truth(JsonNode json, List<String> choices) {
    List<String> answers =
        JsonDocument.texts(json.has("answers") ? json.path("answers") : json.path("answer"));
    if (answers.isEmpty()) {
      throw new IllegalArgumentException("an entry lacks answer");
    }
    if (!choices.isEmpty()) {
      int right = choices.indexOf(answers.getFirst());
      if (right < 0) {
        throw new IllegalArgumentException("the answer is none of the choices");
      }
      return Truth.choice(right, choices);
    }
    String kind = optional(json, "kind");
    Rule rule =
        switch (kind == null ? "open" : kind.toLowerCase(Locale.ROOT)) {
          case "open", "closed" -> Rule.WORDS;
          case "number" -> Rule.NUMBER;
          case "contained" -> Rule.CONTAINED;
          case "ten" -> Rule.TEN_ANSWERS;
          case "report" -> Rule.REPORT;
          default -> throw new IllegalArgumentException("there is no kind " + kind);
        };
    return new Truth(
        rule, answers, List.of(), json.path("decimals").asInt(0), "closed".equals(kind));
  }
}
