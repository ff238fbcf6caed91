package io.overread.vlm.decoding;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What an answer must look like; whatever the model's logits are, it does. */
public sealed interface Constraint {

  /** The same as an expression over the answer's bytes. */
  Expression expression();

  /** Whether a text is such an answer, word for word. */
  default boolean fits(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      return false; // half of a surrogate pair, which would be read as a question mark
    }
    Expression left = expression();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      left = left.after(octet & 0xff);
      if (left.equals(Expression.NOTHING)) {
        return false;
      }
    }
    return left.mayEnd();
  }

  /**
   * One of some texts, word for word.
   *
   * @param texts at least one, none empty
   */
  record Choices(List<String> texts) implements Constraint {

    /** Keeps its own copy. */
    public Choices {
      texts = List.copyOf(texts);
      if (texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
        throw new IllegalArgumentException("choices are at least one text, none blank");
      }
    }

    @Override
    public Expression expression() {
      return Expression.either(texts.stream().map(Expression::text).toList());
    }
  }

  /**
   * A decimal number, with a minus where it is negative, as JSON writes it.
   *
   * @param wholeDigits the most digits before the point, at least 1
   * @param decimals the most digits behind it; 0 for a whole number
   */
  record DecimalNumber(int wholeDigits, int decimals) implements Constraint {

    /** Refuses what is no number of digits. */
    public DecimalNumber {
      if (wholeDigits < 1 || wholeDigits > 18 || decimals < 0 || decimals > 18) {
        throw new IllegalArgumentException("1 to 18 digits before the point, 0 to 18 behind it");
      }
    }

    @Override
    public Expression expression() {
      Expression digit = Expression.range('0', '9');
      Expression whole =
          Expression.either(
              List.of(
                  Expression.text("0"),
                  Expression.sequence(
                      Expression.range('1', '9'), Expression.repeat(digit, 0, wholeDigits - 1))));
      Expression fraction =
          decimals == 0
              ? Expression.END
              : Expression.optional(
                  Expression.sequence(Expression.text("."), Expression.repeat(digit, 1, decimals)));
      return Expression.sequence(Expression.optional(Expression.text("-")), whole, fraction);
    }
  }

  /**
   * A JSON value of a schema; see {@link JsonSchemas} for what of JSON Schema it may use.
   *
   * @param schema the schema, itself JSON
   */
  record JsonOf(String schema) implements Constraint {

    /** Refuses a schema that can't be followed. */
    public JsonOf {
      JsonSchemas.expression(schema);
    }

    @Override
    public Expression expression() {
      return JsonSchemas.expression(schema);
    }
  }
}
