package io.overread.vlm.remote;

import io.overread.vlm.TokenListener;
import io.overread.vlm.decoding.FinishReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An answer while it comes: its text, and its log-probabilities if all of it has them. */
final class Reply {

  /** Rounding may take a certain token above 0. */
  private static final double TOLERANCE = 1e-3;

  private final TokenListener listener;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder heldBack = new StringBuilder();
  private final List<Double> logProbabilities = new ArrayList<>();
  private @Nullable List<Alternative> first;
  private boolean begun;
  private boolean unscored;
  private @Nullable FinishReason finish;

  Reply(TokenListener listener) {
    this.listener = listener;
  }

  /** More text. White space around the whole answer is left out. */
  void add(String piece) {
    begun |= !piece.isEmpty();
    heldBack.append(piece);
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
      String told = heldBack.substring(from, to);
      text.append(told);
      heldBack.delete(0, to);
      listener.onText(told);
    } else if (text.isEmpty()) {
      heldBack.delete(0, from);
    }
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

  /** Whether any text came: from then on asking again would repeat it. */
  boolean begun() {
    return begun;
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
