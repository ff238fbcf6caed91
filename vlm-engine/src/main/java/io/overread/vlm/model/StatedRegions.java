package io.overread.vlm.model;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What {@code overread.json} says of the maps that show where findings are seen.
 *
 * @param output the vision encoder's output that holds them, f32 [images, findings, grid, grid]
 * @param findings ids of the catalogue's findings, in the order of the maps; at least one
 */
public record StatedRegions(String output, List<String> findings) {

  private static final int MAX_FINDINGS = 1024;
  private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+){0,15}");

  /** Keeps its own copy. */
  public StatedRegions {
    findings = List.copyOf(findings);
  }

  static StatedRegions of(ModelJson json) {
    String output = json.text("output");
    if (output == null || output.isBlank()) {
      throw json.malformed("output", "missing");
    }
    List<String> findings = json.texts("findings");
    if (findings.isEmpty() || findings.size() > MAX_FINDINGS) {
      throw json.malformed("findings", "not between 1 and " + MAX_FINDINGS + " ids");
    }
    if (!findings.stream().allMatch(id -> ID.matcher(id).matches())) {
      throw json.malformed("findings", "not only ids of findings");
    }
    if (new HashSet<>(findings).size() != findings.size()) {
      throw json.malformed("findings", "an id is there twice");
    }
    return new StatedRegions(output, findings);
  }
}
