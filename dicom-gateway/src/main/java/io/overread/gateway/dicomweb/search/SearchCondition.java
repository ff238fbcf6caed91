package io.overread.gateway.dicomweb.search;

import io.overread.gateway.dicomweb.DicomwebProblem;
import io.overread.gateway.dicomweb.Uids;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A match as a condition of SQL (PS3.4 C.2.2.2, PS3.18 8.3.4.1).
 *
 * @param sql with a question mark for each parameter
 */
record SearchCondition(String sql, List<Object> parameters) {

  private static final int MOST_UIDS = 1000;

  static SearchCondition of(Match match) {
    String column = match.key().column();
    String value = match.value();
    return switch (match.key().kind()) {
      case TEXT -> text(column, value);
      case NAME -> name(column, value);
      case UID -> uids(column, value);
      case DATE -> range("replace(" + column + ", '.', '')", match, "[0-9]{8}", 8);
      case TIME ->
          range("replace(" + column + ", ':', '')", match, "[0-9]{2,6}(\\.[0-9]{1,6})?", 13);
      case NUMBER -> number(column, match);
      case MODALITIES -> modalities(value);
    };
  }

  private static SearchCondition text(String column, String value) {
    return isPattern(value)
        ? new SearchCondition(column + " like ? escape '\\'", List.of(pattern(value)))
        : new SearchCondition(column + " = ?", List.of(value));
  }

  /** Each component group by itself, without case and trailing delimiters. */
  private static SearchCondition name(String column, String value) {
    String plain = value.replaceAll("[\\^ ]+$", "").toLowerCase(Locale.ROOT);
    return new SearchCondition(
        "exists (select from unnest(string_to_array("
            + column
            + ", '=')) as part where lower(rtrim(part, '^ ')) like ? escape '\\')",
        List.of(pattern(plain)));
  }

  private static SearchCondition uids(String column, String value) {
    List<String> uids = Arrays.asList(value.split("[,\\\\]", -1));
    if (uids.size() > MOST_UIDS || !uids.stream().allMatch(Uids::isUid)) {
      throw DicomwebProblem.badRequest("UIDs are matched by UIDs, separated by commas.");
    }
    return new SearchCondition(
        column + " in (" + "?, ".repeat(uids.size() - 1) + "?)", List.copyOf(uids));
  }

  private static SearchCondition modalities(String value) {
    List<String> modalities = Arrays.asList(value.split("[,\\\\]", -1));
    String any =
        String.join(
            " or ", modalities.stream().map(each -> "m.modality like ? escape '\\'").toList());
    return new SearchCondition(
        "exists (select from series m where m.study_instance_uid = s.study_instance_uid and ("
            + any
            + "))",
        modalities.stream().<Object>map(SearchCondition::pattern).toList());
  }

  private static SearchCondition number(String column, Match match) {
    if (!match.value().matches("-?[0-9]{1,9}")) {
      throw malformed(match, "a whole number");
    }
    return new SearchCondition(column + " = ?", List.of(Integer.valueOf(match.value())));
  }

  /**
   * Dates and times as text, which sort as they follow each other; a bound that is less precise
   * than the value includes all that it may stand for.
   */
  private static SearchCondition range(String column, Match match, String form, int longest) {
    String value = match.value();
    int hyphen = value.indexOf('-');
    String from = hyphen < 0 ? value : value.substring(0, hyphen);
    String to = hyphen < 0 ? value : value.substring(hyphen + 1);
    boolean wellFormed =
        (from.isEmpty() || from.matches(form))
            && (to.isEmpty() || to.matches(form))
            && !(from.isEmpty() && to.isEmpty());
    if (!wellFormed) {
      throw malformed(match, "a value, or two with a hyphen between, of which one may be missing");
    }
    List<String> conditions = new ArrayList<>();
    List<Object> parameters = new ArrayList<>();
    if (!from.isEmpty()) {
      conditions.add(column + " collate \"C\" >= ?");
      parameters.add(from);
    }
    if (!to.isEmpty()) {
      conditions.add(column + " collate \"C\" <= ?");
      parameters.add(to + "9".repeat(longest - to.length()));
    }
    return new SearchCondition(String.join(" and ", conditions), parameters);
  }

  private static DicomwebProblem malformed(Match match, String form) {
    return DicomwebProblem.badRequest(
        SearchRequest.keyword(match.key()) + " is matched by " + form + ".");
  }

  private static boolean isPattern(String value) {
    return value.indexOf('*') >= 0 || value.indexOf('?') >= 0;
  }

  /** Wild cards (C.2.2.2.4) as LIKE has them. */
  private static String pattern(String value) {
    return value
        .replace("\\", "\\\\")
        .replace("%", "\\%")
        .replace("_", "\\_")
        .replace('*', '%')
        .replace('?', '_');
  }
}
