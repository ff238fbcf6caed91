package io.overread.vlm.remote;

import io.overread.vlm.decoding.Constraint.Choices;
import io.overread.vlm.decoding.Constraint.DecimalNumber;
import io.overread.vlm.decoding.Constraint.JsonOf;
import io.overread.vlm.decoding.JsonForm;

/**
 * Says in words what a schema says as well: a model writes better what it knows is wanted, and some
 * engines know of no schema.
 */
final class ClosingSentence {

  private ClosingSentence() {}

  /** A question with it. */
  static String behind(String question, JsonForm form) {
    return question + "\n" + of(form);
  }

  private static String of(JsonForm form) {
    return switch (form.constraint()) {
      case Choices choices ->
          "Answer with exactly one of: " + String.join(", ", choices.texts()) + ".";
      case DecimalNumber number ->
          number.decimals() == 0
              ? "Answer with a whole number of at most " + number.wholeDigits() + " digits alone."
              : "Answer with a number alone, of at most "
                  + number.wholeDigits()
                  + " digits before the point and "
                  + number.decimals()
                  + " behind it.";
      case JsonOf json -> "Answer with JSON of this schema alone: " + form.value();
    };
  }
}
