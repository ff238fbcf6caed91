package io.overread.gateway.query;

import io.overread.dicom.net.DimseStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the values of a key ask for, as a condition of SQL.
 *
 * @param sql with a question mark for each parameter
 */
record Condition(String sql, List<Object> parameters) {

  private static final Pattern DATES = Pattern.compile("([0-9]{8})?(-)?([0-9]{8})?");
  private static final Pattern TIMES =
      Pattern.compile("([0-9]{2,6}(?:\\.[0-9]{1,6})?)?(-)?([0-9]{2,6}(?:\\.[0-9]{1,6})?)?");
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,10}");

  /** Digits of a time, HHMMSSFFFFFF. */
  private static final int TIME_DIGITS = 12;

  /**
   * The condition of an attribute; empty for universal matching (PS3.4 C.2.2.2.3).
   *
   * @param values those of the request
   * @throws RefusedException when they have not the form that the attribute needs
   */
  static Optional<Condition> of(QueryAttribute attribute, List<String> values)
      throws RefusedException {
    List<String> given = values.stream().filter(value -> !value.isEmpty()).toList();
    if (given.isEmpty()) {
      return Optional.empty();
    }
    return switch (attribute.matching()) {
      case UID_LIST -> Optional.of(oneOf(attribute.sql() + " = any (?)", given));
      case MODALITIES -> Optional.of(oneOf(SOME_SERIES, given));
      case WILDCARD -> wildcard(attribute, given);
      case NAME -> name(attribute, given.getFirst());
      case DATE -> Optional.of(dates(attribute, given.getFirst()));
      case TIME -> Optional.of(times(attribute, given.getFirst()));
      case NUMBER -> Optional.of(number(attribute, given.getFirst()));
      case NONE -> Optional.empty();
    };
  }

  private static final String SOME_SERIES =
      "exists (select from series x where x.study_instance_uid = s.study_instance_uid"
          + " and x.modality = any (?))";

  private static Condition oneOf(String sql, List<String> values) {
    return new Condition(sql, List.of((Object) values.toArray(String[]::new)));
  }

  /** A backslash separates values, any of which may fit, as in DCMTK and dcm4che. */
  private static Optional<Condition> wildcard(QueryAttribute attribute, List<String> values) {
    if (values.stream().anyMatch(Condition::isUniversal)) {
      return Optional.empty();
    }
    List<Object> patterns = values.stream().<Object>map(Condition::likePattern).toList();
    String one = attribute.sql() + " like ?";
    return Optional.of(
        new Condition(
            "(" + String.join(" or ", values.stream().map(_ -> one).toList()) + ")", patterns));
  }

  /** Any of the three groups of the stored name, or all of them, whatever its trailing carets. */
  private static Optional<Condition> name(QueryAttribute attribute, String value) {
    if (isUniversal(value)) {
      return Optional.empty();
    }
    String pattern = likePattern(value.replaceAll("[\\^= ]+$", ""));
    List<String> alternatives = new ArrayList<>();
    List<Object> parameters = new ArrayList<>();
    for (String part :
        List.of(
            attribute.sql(),
            "split_part(" + attribute.sql() + ", '=', 1)",
            "split_part(" + attribute.sql() + ", '=', 2)",
            "split_part(" + attribute.sql() + ", '=', 3)")) {
      alternatives.add("lower(rtrim(" + part + ", '^= ')) like lower(?)");
      parameters.add(pattern);
    }
    return Optional.of(new Condition("(" + String.join(" or ", alternatives) + ")", parameters));
  }

  private static Condition dates(QueryAttribute attribute, String value) throws RefusedException {
    Matcher range = range(DATES, attribute, value);
    return between(
        attribute.sql(), attribute.sql() + " ~ '^[0-9]{8}$'", first(range, ""), last(range, ""));
  }

  /** Digits that are left out stand for all that could be there (PS3.5 6.2 TM). */
  private static Condition times(QueryAttribute attribute, String value) throws RefusedException {
    Matcher range = range(TIMES, attribute, value);
    String digits = "rpad(replace(replace(" + attribute.sql() + ", '.', ''), ':', ''), 12, '0')";
    return between(
        digits, attribute.sql() + " ~ '^[0-9:.]+$'", first(range, "0"), last(range, "9"));
  }

  private static Matcher range(Pattern form, QueryAttribute attribute, String value)
      throws RefusedException {
    Matcher range = form.matcher(value);
    if (!range.matches() || (range.group(1) == null && range.group(3) == null)) {
      throw malformed(attribute);
    }
    return range;
  }

  private static String first(Matcher range, String padding) {
    return padded(range.group(1) == null ? "" : range.group(1), padding);
  }

  /** The end of the range; a single value is a range of itself, an open one ends with nothing. */
  private static String last(Matcher range, String padding) {
    boolean single = range.group(2) == null;
    String end = single ? range.group(1) : range.group(3);
    return end == null ? "~" : padded(end, padding);
  }

  private static String padded(String value, String padding) {
    String digits = value.replace(".", "");
    return padding.isEmpty()
        ? digits
        : digits + padding.repeat(Math.max(0, TIME_DIGITS - digits.length()));
  }

  private static Condition between(String sql, String guard, String first, String last) {
    return new Condition(
        "(" + guard + " and " + sql + " collate \"C\" between ? and ?)", List.of(first, last));
  }

  private static Condition number(QueryAttribute attribute, String value) throws RefusedException {
    if (!NUMBER.matcher(value).matches()) {
      throw malformed(attribute);
    }
    return new Condition(attribute.sql() + " = ?", List.of(Long.toString(Long.parseLong(value))));
  }

  private static RefusedException malformed(QueryAttribute attribute) {
    return new RefusedException(
        DimseStatus.DATA_SET_DOES_NOT_MATCH_SOP_CLASS,
        "A key has no value of its form",
        attribute.tag());
  }

  private static boolean isUniversal(String value) {
    return value.chars().allMatch(character -> character == '*');
  }

  private static String likePattern(String value) {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      switch (character) {
        case '*' -> pattern.append('%');
        case '?' -> pattern.append('_');
        case '%', '_', '\\' -> pattern.append('\\').append(character);
        default -> pattern.append(character);
      }
    }
    return pattern.toString();
  }
}
