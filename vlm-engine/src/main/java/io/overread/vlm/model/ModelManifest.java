package io.overread.vlm.model;

import io.overread.vlm.failure.ModelFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code overread.json}: what the hub's files do not say of a model.
 *
 * @param name the model's name
 * @param version its version
 * @param suffixes for each graph ({@code vision_encoder} ...), the suffix of its file name
 * @param files SHA-256 in hex of every file but this one, by its path in the folder
 * @param yes answers that count as a yes; empty leaves it to the engine
 * @param no answers that count as a no
 * @param calibration from log odds to probabilities
 * @param reportPrompt what the model is asked for the report's text
 * @param refusalText what the model answers when it cannot tell; null where it has no such answer
 * @param imagesPerPrompt how many images of a study it has learnt to read at once
 * @param regions the maps of where findings are seen; null where the model makes none
 * @param limits what it can't do, and from where on it is not to be believed
 */
public record ModelManifest(
    String name,
    String version,
    Map<String, String> suffixes,
    SortedMap<String, String> files,
    List<String> yes,
    List<String> no,
    Calibration calibration,
    String reportPrompt,
    @Nullable String refusalText,
    int imagesPerPrompt,
    @Nullable StatedRegions regions,
    StatedLimits limits) {

  /** The file's name. */
  public static final String FILE = "overread.json";

  private static final String DEFAULT_REPORT_PROMPT = "Describe the findings.";
  private static final int MOST_IMAGES = 64;
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SUFFIX = Pattern.compile("(_[a-z0-9]{1,16})?");

  /** What the folder's file says, or what is assumed without one. */
  static ModelManifest in(Path folder) {
    Path file = folder.resolve(FILE);
    return Files.exists(file)
        ? of(ModelJson.read(file))
        : absent(String.valueOf(folder.toAbsolutePath().normalize().getFileName()));
  }

  /** What is assumed of a hub model without the file. */
  static ModelManifest absent(String folderName) {
    return new ModelManifest(
        folderName,
        "unversioned",
        Map.of(),
        new TreeMap<>(),
        List.of(),
        List.of(),
        Calibration.IDENTITY,
        DEFAULT_REPORT_PROMPT,
        null,
        1,
        null,
        StatedLimits.UNSTATED);
  }

  static ModelManifest of(ModelJson json) {
    String name = json.text("name");
    String version = json.text("version");
    if (name == null || name.isBlank() || version == null || version.isBlank()) {
      throw json.malformed("name, version", "missing");
    }
    ModelJson answers = json.object("answers");
    String prompt = json.text("report_prompt");
    ModelJson regions = json.object("regions");
    return new ModelManifest(
        name,
        version,
        suffixes(json),
        files(json),
        answers == null ? List.of() : answers.texts("yes"),
        answers == null ? List.of() : answers.texts("no"),
        calibration(json),
        prompt == null ? DEFAULT_REPORT_PROMPT : prompt,
        json.text("refusal_text"),
        imagesPerPrompt(json),
        regions == null ? null : StatedRegions.of(regions),
        StatedLimits.of(json.object("limits")));
  }

  /** Most models learnt from single images; more of them would be a guess. */
  private static int imagesPerPrompt(ModelJson json) {
    int images = json.integer("images_per_prompt").orElse(1);
    if (images < 1 || images > MOST_IMAGES) {
      throw json.malformed("images_per_prompt", "not from 1 to " + MOST_IMAGES);
    }
    return images;
  }

  private static Map<String, String> suffixes(ModelJson json) {
    ModelJson dtype = json.object("dtype");
    Map<String, String> suffixes = new HashMap<>();
    if (dtype != null) {
      for (String graph : dtype.node().propertyNames()) {
        String suffix = dtype.text(graph);
        if (suffix == null || !SUFFIX.matcher(suffix).matches()) {
          throw dtype.malformed(graph, "no suffix of a file name");
        }
        suffixes.put(graph, suffix);
      }
    }
    return Map.copyOf(suffixes);
  }

  private static SortedMap<String, String> files(ModelJson json) {
    ModelJson files = json.object("files");
    if (files == null || files.node().isEmpty()) {
      throw json.malformed("files", "missing");
    }
    SortedMap<String, String> digests = new TreeMap<>();
    for (String path : files.node().propertyNames()) {
      String digest = files.text(path);
      if (digest == null || !SHA256.matcher(digest).matches()) {
        throw new ModelFormatException(files.where(), "no SHA-256 in lower case hex: " + digest);
      }
      digests.put(path, digest);
    }
    return digests;
  }

  private static Calibration calibration(ModelJson json) {
    ModelJson calibration = json.object("calibration");
    if (calibration == null) {
      return Calibration.IDENTITY;
    }
    ModelJson standard = calibration.object("default");
    Map<String, Calibration.Line> lines = new HashMap<>();
    ModelJson byQuestion = calibration.object("by_question");
    if (byQuestion != null) {
      for (Map.Entry<String, JsonNode> entry : byQuestion.node().properties()) {
        lines.put(entry.getKey(), line(new ModelJson(byQuestion.where(), entry.getValue())));
      }
    }
    return new Calibration(standard == null ? new Calibration.Line(1, 0) : line(standard), lines);
  }

  private static Calibration.Line line(ModelJson json) {
    if (json.decimal("scale").isEmpty() || json.decimal("bias").isEmpty()) {
      throw json.malformed("scale, bias", "missing");
    }
    return new Calibration.Line(
        json.decimal("scale").getAsDouble(), json.decimal("bias").getAsDouble());
  }
}
