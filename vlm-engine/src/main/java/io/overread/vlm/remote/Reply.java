package io.overread.vlm.remote;

import io.overread.vlm.TokenListener;
import io.overread.vlm.decoding.FinishReason;
import io.overread.vlm.decoding.JsonForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An answer while it comes: its text, and its log-probabilities if all of it has them. One that has
 * to be within a constraint is told when all of it is there and is: half of it may be within none.
 */
final class Reply {

  /** Rounding may take a certain token above 0. */
  private static final double TOLERANCE = 1e-3;

  private final TokenListener listener;
  private final @Nullable JsonForm form;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder heldBack = new StringBuilder();
  private final List<Double> logProbabilities = new ArrayList<>();
  private @Nullable List<Alternative> first;
  private boolean heard;
  private boolean unscored;
  private @Nullable FinishReason finish;

  /**
   * An empty one.
   *
   * @param form what it has to be within; null if nothing is
   */
  Reply(TokenListener listener, @Nullable JsonForm form) {
    this.listener = listener;
    this.form = form;
  }

  /** More text. White space around the whole answer is left out. */
  void add(String piece) {
    heldBack.append(piece);
    if (form == null) {
      tell();
    }
  }

  private void tell() {
    int from = 0;
    if (text.isEmpty()) {
      while (from < heldBack.length() && Character.isWhitespace(heldBack.charAt(from))) {
        from++;
      }
    }
    int to = heldBack.length();
    // A character beyond the BMP may come in two pieces.
    if (to > from && Character.isHighSurrogate(heldBack.charAt(to - 1))) {
      to--;
    }
    while (to > from && Character.isWhitespace(heldBack.charAt(to - 1))) {
      to--;
    }
    if (to > from) {
      String told = PlainText.of(heldBack.substring(from, to));
      heldBack.delete(0, to);
      hear(told);
    } else if (text.isEmpty()) {
      heldBack.delete(0, from);
    }
  }

  private void hear(String told) {
    text.append(told);
    heard = true;
    listener.onText(told);
  }

  /**
   * It is all there.
   *
   * @return whether it is what it has to be; only then it has a text
   */
  boolean complete() {
    if (form == null) {
      return true;
    }
    String written = heldBack.toString().strip();
    Optional<String> within = form.read(written);
    // Log-probabilities are of what was written, with the JSON around it.
    unscored |= within.filter(written::equals).isEmpty();
    within.ifPresent(this::hear);
    return within.isPresent();
  }

  /**
   * The log-probability of the next token.
   *
   * @param alternatives the most probable tokens at its place; may be empty
   */
  void token(JsonNode logProbability, List<Alternative> alternatives)
      throws MalformedAnswerException {
    if (first == null) {
      first = List.copyOf(alternatives);
    }
    logProbabilities.add(checked(logProbability));
  }

  /** The text that came last has no log-probability, so the answer as a whole has none. */
  void unscored() {
    unscored = true;
  }

  /** It said why it ended. */
  void end(FinishReason reason) {
    finish = reason;
  }

  /** Whether any text was told: from then on asking again would repeat it. */
  boolean heard() {
    return heard;
  }

  boolean ended() {
    return finish != null;
  }

  String text() {
    return text.toString();
  }

  List<Double> logProbabilities() {
    return unscored ? List.of() : List.copyOf(logProbabilities);
  }

  /** The most probable first tokens; empty where the engine does not tell. */
  List<Alternative> first() {
    return first == null ? List.of() : first;
  }

  FinishReason finish() {
    return finish == null ? FinishReason.CANCELLED : finish;
  }

  static double checked(JsonNode logProbability) throws MalformedAnswerException {
    double value = logProbability.isNumber() ? logProbability.doubleValue() : Double.NaN;
    if (!(value <= TOLERANCE) || Double.isInfinite(value)) {
      throw new MalformedAnswerException("sent a log-probability that is none");
    }
    return Math.min(0, value);
  }
}
