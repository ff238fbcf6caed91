package io.overread.vlm;

import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.decoding.FinishReason;
import io.overread.vlm.decoding.LogProbabilities;
import io.overread.vlm.decoding.PhraseLookup;
import io.overread.vlm.decoding.TokenChooser;
import io.overread.vlm.onnx.AnswerRow;
import io.overread.vlm.onnx.Continuation;
import io.overread.vlm.onnx.Continuations;
import io.overread.vlm.onnx.DecoderStep;
import io.overread.vlm.text.ModelTokenizer;
import io.overread.vlm.text.StreamingText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Writes one answer, token after token. */
final class AnswerWriter {

  /** Reports whose sentences are looked up for the next one. */
  private static final int REPORTS_REMEMBERED = 32;

  private final ModelGraphs graphs;
  private final Continuations continuations;
  private final ModelTokenizer tokenizer;
  private final Set<Integer> stopTokens;
  private final Refusal refusal;
  private final PhraseLookup phrases = new PhraseLookup(REPORTS_REMEMBERED);
  private final ModelConstraints constraints;

  AnswerWriter(
      ModelGraphs graphs,
      Continuations continuations,
      ModelTokenizer tokenizer,
      Set<Integer> stopTokens,
      Refusal refusal) {
    this.graphs = graphs;
    this.continuations = continuations;
    this.tokenizer = tokenizer;
    this.stopTokens = stopTokens;
    this.refusal = refusal;
    this.constraints = new ModelConstraints(tokenizer);
  }

  /** Writes until a stop token, the limit or a cancellation. */
  Answer write(
      OnnxStudy study,
      int[] prompt,
      Limits limits,
      TokenListener listener,
      Cancellation cancellation) {
    Draft draft = new Draft(new StreamingText(tokenizer), listener);
    if (cancellation.requested()) {
      return draft.answer(FinishReason.CANCELLED);
    }
    Decoding decoding = limits.decoding;
    TokenChooser chooser = constraints.chooser(decoding, stopTokens, limits.tokens);
    DecoderStep step = graphs.start(study, prompt, prompt.length);
    float[] logits = step.logits().at(0, 0);
    draft.refusalProbability = refusal.probability(LogProbabilities.over(logits));
    boolean guessing = limits.report && decoding.isGreedy() && decoding.constraint() == null;
    // Made when it is needed: the first token is told before its cache finds a place.
    Continuation after = null;
    try {
      while (true) {
        int token = chooser.choose(logits);
        if (token == TokenChooser.END || stopTokens.contains(token)) {
          if (guessing) {
            phrases.remember(draft.tokens);
          }
          return draft.answer(FinishReason.STOP);
        }
        draft.add(token, LogProbabilities.of(logits, token));
        if (cancellation.requested()) {
          return draft.answer(FinishReason.CANCELLED);
        }
        if (draft.tokens.size() == limits.tokens) {
          return draft.answer(FinishReason.LENGTH);
        }
        if (after == null) {
          after = after(step, guessing, study, prompt);
        }
        logits = after.next(token);
      }
    } finally {
      if (after == null) {
        step.present().close();
      } else {
        after.close();
      }
    }
  }

  private Continuation after(DecoderStep start, boolean guessing, OnnxStudy study, int[] prompt) {
    Continuation after = continuations.after(start);
    return guessing && after instanceof AnswerRow row
        ? new GuessedAhead(
            row, phrases, Arrays.copyOfRange(prompt, study.prefixLength(), prompt.length))
        : after;
  }

  /**
   * How an answer is written.
   *
   * @param tokens the most that it may have, at least 1
   * @param report whether it is a report, whose sentences other reports have too
   */
  record Limits(Decoding decoding, int tokens, boolean report) {}

  /** The answer so far. */
  private final class Draft {

    private final List<Integer> tokens = new ArrayList<>();
    private final List<Double> logProbabilities = new ArrayList<>();
    private final StreamingText text;
    private final TokenListener listener;
    private double refusalProbability;

    Draft(StreamingText text, TokenListener listener) {
      this.text = text;
      this.listener = listener;
    }

    void add(int token, double logProbability) {
      tokens.add(token);
      logProbabilities.add(logProbability);
      tell(text.add(token));
    }

    Answer answer(FinishReason reason) {
      tell(text.finish());
      String written = text.text();
      return new Answer(
          written, tokens, logProbabilities, reason, refusal.is(written), refusalProbability);
    }

    private void tell(String piece) {
      if (!piece.isEmpty()) {
        listener.onText(piece);
      }
    }
  }
}
