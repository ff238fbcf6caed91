package io.overread.vlm.remote;

import io.overread.vlm.AnswerScore;
import io.overread.vlm.AnswerScore.Choice;
import io.overread.vlm.decoding.Constraint.Choices;
import io.overread.vlm.decoding.JsonForm;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What an answer to a yes/no question says. */
final class YesNo {

  static final JsonForm FORM = JsonForm.of(new Choices(List.of("yes", "no", "cannot tell")));

  private YesNo() {}

  /**
   * From the most probable first tokens: those that spell yes are added up, and those that spell
   * no. Of the one that is not among them it is known only that each of its tokens is less probable
   * than the last of the list, and no more probable than what the list leaves; so much is assumed,
   * which holds the odds on the cautious side. Empty where neither is among them.
   *
   * @param refusal the words of a refusal
   */
  static Optional<AnswerScore> of(String question, List<Alternative> first, String refusal) {
    double yes = 0;
    double no = 0;
    double refused = 0;
    double all = 0;
    double least = 1;
    for (Alternative each : first) {
      double probability = Math.exp(each.logProbability());
      String word = bare(each.text());
      all += probability;
      least = Math.min(least, probability);
      if (word.equals("yes")) {
        yes += probability;
      } else if (word.equals("no")) {
        no += probability;
      } else if (!word.isEmpty() && bare(refusal).startsWith(word)) {
        refused += probability;
      }
    }
    if (yes == 0 && no == 0) {
      return Optional.empty();
    }
    double unseen = Math.max(1e-9, Math.min(least, 1 - all));
    return Optional.of(
        new AnswerScore(
            question,
            Math.log(yes == 0 ? Math.min(unseen, no) : Math.min(1, yes)),
            Math.log(no == 0 ? Math.min(unseen, yes) : Math.min(1, no)),
            Math.min(1, refused)));
  }

  /** From the object that was asked for, or from words of an engine that keeps to no schema. */
  static Choice choice(String answer) {
    String said = answer;
    if (answer.startsWith("{")) {
      try {
        JsonNode object = AnswerBody.parsed(answer);
        said = object.path(JsonForm.FIELD).asString("");
      } catch (MalformedAnswerException e) {
        return Choice.NEITHER;
      }
    }
    String[] words = said.strip().toLowerCase(Locale.ROOT).split("[^a-z]+", 2);
    return switch (words[0]) {
      case "yes" -> Choice.YES;
      case "no" -> Choice.NO;
      default -> Choice.NEITHER;
    };
  }

  /** Tokenizers write a leading space as a space, as {@code Ġ} or as {@code ▁}. */
  private static String bare(String token) {
    return token.replaceAll("^[\\s\\u0120\\u2581\"]+", "").strip().toLowerCase(Locale.ROOT);
  }
}
