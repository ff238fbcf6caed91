package io.overread.vlm.evaluate.published;

import java.util.List;
import java.util.Locale;

/**
 * What is right.
 *
 * @param rule how an answer is compared with it
 * @param answers what counts as right; the letter's words of a choice
 * @param choices to choose from; empty of an open question
 * @param decimals that count, of a number
 * @param closed whether the source calls the question closed
 */
public record Truth(
    Rule rule, List<String> answers, List<String> choices, int decimals, boolean closed) {

  /** How an answer is compared with the truth. */
  public enum Rule {
    /** The same words whatever their case, articles and punctuation: all or nothing. */
    WORDS("same words"),
    /** VQAv2's: right to the share of three of ten people who gave it. */
    TEN_ANSWERS("VQAv2's ten answers"),
    /** OCRBench's: one of the texts is in the answer. */
    CONTAINED("text is in the answer"),
    /** The right one of several choices, by letter or words. */
    CHOICE("right choice"),
    /** The same number, rounded. */
    NUMBER("same number"),
    /** No single right answer: a report, measured by its words and its findings. */
    REPORT("report");

    private final String words;

    Rule(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  /** Keeps its own copies; refuses a question without an answer. */
  public Truth {
    answers = List.copyOf(answers);
    choices = List.copyOf(choices);
    if (answers.isEmpty()) {
      throw new IllegalArgumentException("there is no answer");
    }
    if (decimals < 0 || decimals > 9) {
      throw new IllegalArgumentException("an answer of " + decimals + " decimals");
    }
  }

  /** An answer in words. */
  static Truth words(String answer, boolean closed) {
    return new Truth(Rule.WORDS, List.of(answer), List.of(), 0, closed);
  }

  /** One of several choices, which must hold it. */
  static Truth choice(int right, List<String> choices) {
    return new Truth(Rule.CHOICE, List.of(choices.get(right)), choices, 0, true);
  }

  /** Whether yes or no is the answer. */
  public boolean isYesOrNo() {
    String first = answers.getFirst().strip().toLowerCase(Locale.ROOT);
    return rule == Rule.WORDS && (first.equals("yes") || first.equals("no"));
  }
}
