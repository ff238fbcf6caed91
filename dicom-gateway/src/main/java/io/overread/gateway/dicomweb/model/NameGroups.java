package io.overread.gateway.dicomweb.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The component groups of a Person Name (PS3.5 6.2.1) under their names in both models. */
final class NameGroups {

  static final List<String> GROUPS = List.of("Alphabetic", "Ideographic", "Phonetic");

  private NameGroups() {}

  /** Those that are not empty, in their order. */
  static Map<String, String> of(String value) {
    String[] groups = value.split("=", -1);
    Map<String, String> named = new LinkedHashMap<>();
    for (int index = 0; index < Math.min(groups.length, GROUPS.size()); index++) {
      if (!groups[index].isEmpty()) {
        named.put(GROUPS.get(index), groups[index]);
      }
    }
    return named;
  }
}
