package io.overread.vlm.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What another implementation of the same model answered, token after token the likeliest.
 *
 * @param answer its text
 */
record ReferenceAnswer(String question, String answer) {

  /**
   * Reads JSON Lines of id, question and answer, by id.
   *
   * @param known the ids of the records
   */
  static Map<String, List<ReferenceAnswer>> read(Path file, Set<String> known) {
    Map<String, List<ReferenceAnswer>> byId = new LinkedHashMap<>();
    RecordFile.forEachLine(
        file,
        (json, line) -> {
          String id = json.path("id").asString("");
          if (!json.path("question").isString() || !json.path("answer").isString()) {
            throw new IllegalArgumentException("id, question or answer is missing");
          }
          if (!known.contains(id)) {
            throw new IllegalArgumentException("no record has the id " + id);
          }
          byId.computeIfAbsent(id, key -> new ArrayList<>())
              .add(
                  new ReferenceAnswer(
                      json.path("question").stringValue(), json.path("answer").stringValue()));
        });
    return byId;
  }
}
