package io.overread.gateway.dicomweb.search;

import io.overread.dicom.dictionary.DataElementDictionary;
import io.overread.gateway.dicomweb.DicomwebProblem;
import io.overread.gateway.dicomweb.Uids;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for (PS3.18 8.3.4).
 *
 * @param study the study of the path, if it names one
 * @param series the series of the path, if it names one
 * @param included tags that the answer shall have beyond its own
 */
record SearchRequest(
    SearchLevel level,
    @Nullable String study,
    @Nullable String series,
    List<Match> matches,
    Included included,
    Page page) {

  private static final Set<String> NOT_ATTRIBUTES =
      Set.of("limit", "offset", "fuzzymatching", "includefield", "accept");
  private static final int LONGEST_VALUE = 64_000;

  /** Which attributes are asked for beyond those that every answer has. */
  record Included(boolean all, Set<Integer> tags) {}

  /** Which of the results. */
  record Page(int offset, int limit, boolean fuzzy) {}

  /** A level with the parents that the path names. */
  record Scope(SearchLevel level, @Nullable String study, @Nullable String series) {

    Scope {
      if (study != null) {
        Uids.require("Study Instance UID", study);
      }
      if (series != null) {
        Uids.require("Series Instance UID", series);
      }
    }
  }

  static SearchRequest of(Scope scope, Map<String, String[]> parameters, int most) {
    List<Match> matches = new ArrayList<>();
    parameters.forEach(
        (name, values) -> {
          if (!NOT_ATTRIBUTES.contains(name)) {
            matches.add(match(scope.level(), name, values));
          }
        });
    int limit = number(parameters, "limit").orElse(most);
    boolean fuzzy =
        parameters.containsKey("fuzzymatching") && isTrue(parameters.get("fuzzymatching"));
    return new SearchRequest(
        scope.level(),
        scope.study(),
        scope.series(),
        List.copyOf(matches),
        included(parameters.get("includefield")),
        new Page(number(parameters, "offset").orElse(0), Math.min(limit, most), fuzzy));
  }

  static String keyword(SearchKey key) {
    return DataElementDictionary.keyword(key.tag());
  }

  private static boolean isTrue(String[] values) {
    return values.length > 0 && values[0].equalsIgnoreCase("true");
  }

  private static Match match(SearchLevel level, String name, String[] values) {
    int tag =
        tag(name)
            .orElseThrow(
                () ->
                    DicomwebProblem.badRequest(
                        "A parameter is neither the keyword nor the tag of an attribute."));
    String described = DataElementDictionary.keyword(tag);
    SearchKey key =
        SearchKey.of(tag)
            .filter(known -> known.level().compareTo(level) <= 0)
            .orElseThrow(
                () -> DicomwebProblem.badRequest(described + " can't be matched at this level."));
    if (values.length != 1 || values[0].length() > LONGEST_VALUE || values[0].indexOf('\0') >= 0) {
      throw DicomwebProblem.badRequest(described + " has to have one value.");
    }
    return new Match(key, values[0].strip());
  }

  private static Optional<Integer> tag(String name) {
    return name.matches("[0-9A-Fa-f]{8}")
        ? Optional.of(Integer.parseUnsignedInt(name, 16))
        : DataElementDictionary.tag(name);
  }

  private static Included included(String @Nullable [] values) {
    Set<Integer> tags = new LinkedHashSet<>();
    boolean all = false;
    for (String value : values == null ? new String[0] : values) {
      for (String name : value.split(",", -1)) {
        if (name.equals("all")) {
          all = true;
        } else {
          tags.add(
              tag(name.strip())
                  .orElseThrow(
                      () ->
                          DicomwebProblem.badRequest(
                              "includefield is all, or keywords and tags of attributes.")));
        }
      }
    }
    return new Included(all, tags);
  }

  private static Optional<Integer> number(Map<String, String[]> parameters, String name) {
    String[] values = parameters.get(name);
    if (values == null) {
      return Optional.empty();
    }
    if (values.length != 1 || !values[0].matches("[0-9]{1,9}")) {
      throw DicomwebProblem.badRequest(name + " is a whole number from 0.");
    }
    return Optional.of(Integer.valueOf(values[0]));
  }
}
