package io.overread.gateway.rule;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** How a clause compares one value of an attribute with what it names. */
public enum Operator {
  /** Has any value at all. */
  EXISTS("exists"),
  /** The same text in any case; of attributes that are numbers, the same number. */
  EQUAL("="),
  /** No value is equal; so it holds where there is none. */
  NOT_EQUAL("!="),
  LESS("<"),
  AT_MOST("<="),
  MORE(">"),
  AT_LEAST(">="),
  /** Equal to one of several. */
  IN("in"),
  /** Matches a text with {@code *} and {@code ?}. */
  LIKE("~");

  private static final int LONGEST_NUMBER = 32;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");

  private final String sign;

  Operator(String sign) {
    this.sign = sign;
  }

  /** As it is written. */
  public String sign() {
    return sign;
  }

  /** Whether it orders numbers. */
  boolean ordersNumbers() {
    return switch (this) {
      case LESS, AT_MOST, MORE, AT_LEAST -> true;
      default -> false;
    };
  }

  /** One value against one operand; what is no number is neither less nor more than one. */
  boolean holds(String value, String operand, boolean numeric) {
    return switch (this) {
      case EXISTS -> true;
      case EQUAL, NOT_EQUAL, IN -> equal(value, operand, numeric);
      case LIKE -> Wildcard.matches(operand, value);
      case LESS, AT_MOST, MORE, AT_LEAST -> ordered(value, operand);
    };
  }

  private boolean ordered(String value, String operand) {
    OptionalDouble left = number(value);
    OptionalDouble right = number(operand);
    if (left.isEmpty() || right.isEmpty()) {
      return false;
    }
    int order = Double.compare(left.getAsDouble(), right.getAsDouble());
    return switch (this) {
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case MORE -> order > 0;
      default -> order >= 0;
    };
  }

  private static boolean equal(String value, String operand, boolean numeric) {
    if (value.toUpperCase(Locale.ROOT).equals(operand.toUpperCase(Locale.ROOT))) {
      return true;
    }
    if (!numeric) {
      return false;
    }
    OptionalDouble left = number(value);
    OptionalDouble right = number(operand);
    return left.isPresent() && right.isPresent() && left.getAsDouble() == right.getAsDouble();
  }

  static OptionalDouble number(String text) {
    if (text.length() > LONGEST_NUMBER || !NUMBER.matcher(text).matches()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Double.parseDouble(text) + 0.0);
  }
}
