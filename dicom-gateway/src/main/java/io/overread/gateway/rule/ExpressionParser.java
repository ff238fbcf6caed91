package io.overread.gateway.rule;

import io.overread.dicom.dictionary.DataElementDictionary;
import io.overread.dicom.dictionary.DictionaryEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads conditions:
 *
 * <pre>
 * condition = all { "or" all }
 * all       = part { "and" part }
 * part      = "not" part | "(" condition ")" | clause
 * clause    = path ( "exists" | ( "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "~" ) value
 *                  | "in" "(" value { "," value } ")" )
 * path      = attribute { "." attribute }
 * attribute = keyword | "(gggg,eeee)"
 * value     = "\"" any characters, a quotation mark doubled "\"" | characters without spaces
 * </pre>
 */
final class ExpressionParser {

  private static final int LONGEST = 2_000;
  private static final int DEEPEST = 16;
  private static final int MOST_CLAUSES = 100;
  private static final int MOST_OPERANDS = 100;
  private static final int LONGEST_PATH = 4;

  private static final Set<String> NUMBERS =
      Set.of("IS", "DS", "US", "SS", "UL", "SL", "FL", "FD", "UV", "SV");
  private static final Set<String> WORDS = Set.of("and", "or", "not", "in", "exists");

  /** In this order: the longer signs first. */
  private static final List<Map.Entry<String, Operator>> SIGNS =
      List.of(
          Map.entry("!=", Operator.NOT_EQUAL),
          Map.entry("<=", Operator.AT_MOST),
          Map.entry(">=", Operator.AT_LEAST),
          Map.entry("=", Operator.EQUAL),
          Map.entry("<", Operator.LESS),
          Map.entry(">", Operator.MORE),
          Map.entry("~", Operator.LIKE));

  private final String whole;
  private final ExpressionText text;
  private int clauses;
  private int depth;

  ExpressionParser(String whole) {
    this.whole = whole;
    this.text = new ExpressionText(whole);
  }

  Expression parse() {
    if (whole.length() > LONGEST) {
      throw new Unreadable(LONGEST, "a condition has at most " + LONGEST + " characters");
    }
    Expression expression = condition();
    text.skipSpaces();
    if (!text.atEnd()) {
      throw new Unreadable(text.position(), "'and', 'or' or the end is expected here");
    }
    return expression;
  }

  private Expression condition() {
    List<Expression> parts = parts("or", this::all);
    return parts.size() == 1 ? parts.getFirst() : new Expression.AnyOf(parts);
  }

  private Expression all() {
    List<Expression> parts = parts("and", this::part);
    return parts.size() == 1 ? parts.getFirst() : new Expression.AllOf(parts);
  }

  private List<Expression> parts(String word, Supplier<Expression> next) {
    List<Expression> parts = new ArrayList<>();
    do {
      parts.add(next.get());
    } while (text.takeWord(word));
    return parts;
  }

  private Expression part() {
    text.skipSpaces();
    int start = text.position();
    if (++depth > DEEPEST) {
      throw new Unreadable(start, "more than " + DEEPEST + " brackets and 'not' within each other");
    }
    try {
      if (text.takeWord("not")) {
        return new Expression.Not(part());
      }
      OptionalInt tag = text.takeTag();
      if (tag.isPresent()) {
        return clause(start, new ArrayList<>(List.of(tag.getAsInt())));
      }
      if (text.take("(")) {
        Expression inner = condition();
        require(")", "a closing bracket is missing here");
        return inner;
      }
      return clause(start, new ArrayList<>(List.of(attribute())));
    } finally {
      depth--;
    }
  }

  private Expression clause(int start, List<Integer> tags) {
    if (++clauses > MOST_CLAUSES) {
      throw new Unreadable(start, "a condition has at most " + MOST_CLAUSES + " comparisons");
    }
    while (text.take(".")) {
      int at = text.position();
      if (tags.size() == LONGEST_PATH) {
        throw new Unreadable(at, "a path has at most " + LONGEST_PATH + " attributes");
      }
      OptionalInt tag = text.takeTag();
      tags.add(tag.isPresent() ? tag.getAsInt() : attribute());
    }
    AttributePath path = new AttributePath(tags);
    text.skipSpaces();
    int at = text.position();
    Operator operator = operator();
    List<String> operands = operands(operator);
    if (operator.ordersNumbers() && Operator.number(operands.getFirst()).isEmpty()) {
      throw new Unreadable(at, "'" + operator.sign() + "' compares numbers");
    }
    return new Expression.Clause(
        path, operator, operands, isNumber(path.last()), start, text.position());
  }

  private int attribute() {
    text.skipSpaces();
    int start = text.position();
    String keyword = text.takeKeyword();
    if (keyword.isEmpty() || WORDS.contains(keyword.toLowerCase(Locale.ROOT))) {
      throw new Unreadable(
          start, "an attribute is expected here, by keyword or as a tag such as (0028,0300)");
    }
    return DataElementDictionary.tag(keyword)
        .orElseThrow(
            () ->
                new Unreadable(
                    start, "'" + keyword + "' is no keyword of the data dictionary (PS3.6)"));
  }

  private Operator operator() {
    for (Map.Entry<String, Operator> sign : SIGNS) {
      if (text.take(sign.getKey())) {
        return sign.getValue();
      }
    }
    if (text.takeWord("exists")) {
      return Operator.EXISTS;
    }
    if (text.takeWord("in")) {
      return Operator.IN;
    }
    throw new Unreadable(text.position(), "one of = != < <= > >= ~ in exists is expected here");
  }

  private List<String> operands(Operator operator) {
    if (operator == Operator.EXISTS) {
      return List.of();
    }
    if (operator != Operator.IN) {
      return List.of(value());
    }
    require("(", "an opening bracket is expected behind 'in'");
    List<String> values = new ArrayList<>();
    do {
      if (values.size() == MOST_OPERANDS) {
        throw new Unreadable(text.position(), "'in' takes at most " + MOST_OPERANDS + " values");
      }
      values.add(value());
    } while (text.take(","));
    require(")", "a comma or a closing bracket is missing here");
    return values;
  }

  private String value() {
    text.skipSpaces();
    int start = text.position();
    boolean quoted = text.startsWithQuote();
    String value = text.takeValue();
    if (!quoted && WORDS.contains(value.toLowerCase(Locale.ROOT))) {
      throw new Unreadable(start, "a value is missing here; the word itself goes into quotes");
    }
    return value;
  }

  private void require(String sign, String otherwise) {
    if (!text.take(sign)) {
      throw new Unreadable(text.position(), otherwise);
    }
  }

  private static boolean isNumber(int tag) {
    return DataElementDictionary.find(tag)
        .map(DictionaryEntry::valueRepresentation)
        .filter(vr -> NUMBERS.contains(vr.substring(0, Math.min(2, vr.length()))))
        .isPresent();
  }

  /** Ends the reading; never leaves this package. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final int position;

    Unreadable(int position, String message) {
      super(message, null, false, false);
      this.position = position;
    }
  }
}
