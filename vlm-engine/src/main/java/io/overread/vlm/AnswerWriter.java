package io.overread.vlm;

import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.decoding.FinishReason;
import io.overread.vlm.decoding.LogProbabilities;
import io.overread.vlm.decoding.TokenChooser;
import io.overread.vlm.onnx.DecoderStep;
import io.overread.vlm.onnx.KeyValueCache;
import io.overread.vlm.text.ModelTokenizer;
import io.overread.vlm.text.StreamingText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes one answer, token after token. */
final class AnswerWriter {

  private final ModelGraphs graphs;
  private final ModelTokenizer tokenizer;
  private final Set<Integer> stopTokens;
  private final Refusal refusal;
  private final ModelConstraints constraints;

  AnswerWriter(
      ModelGraphs graphs, ModelTokenizer tokenizer, Set<Integer> stopTokens, Refusal refusal) {
    this.graphs = graphs;
    this.tokenizer = tokenizer;
    this.stopTokens = stopTokens;
    this.refusal = refusal;
    this.constraints = new ModelConstraints(tokenizer);
  }

  /**
   * Writes until a stop token, the limit or a cancellation.
   *
   * @param limit the most tokens to write, at least 1
   */
  Answer write(
      OnnxStudy study,
      int[] prompt,
      Decoding decoding,
      int limit,
      TokenListener listener,
      Cancellation cancellation) {
    Draft draft = new Draft(new StreamingText(tokenizer), listener);
    if (cancellation.requested()) {
      return draft.answer(FinishReason.CANCELLED);
    }
    TokenChooser chooser = constraints.chooser(decoding, stopTokens, limit);
    DecoderStep step = graphs.start(study, prompt, prompt.length);
    KeyValueCache cache = step.present();
    draft.refusalProbability = refusal.probability(step.logits().at(0, 0));
    try {
      while (true) {
        float[] logits = step.logits().at(0, 0);
        int token = chooser.choose(logits);
        if (token == TokenChooser.END || stopTokens.contains(token)) {
          return draft.answer(FinishReason.STOP);
        }
        draft.add(token, LogProbabilities.of(logits, token));
        if (cancellation.requested()) {
          return draft.answer(FinishReason.CANCELLED);
        }
        if (draft.tokens.size() == limit) {
          return draft.answer(FinishReason.LENGTH);
        }
        step =
            graphs.decoder().run(graphs.embedding().embed(new int[] {token}), 1, cache, 1, false);
        cache.close();
        cache = step.present();
      }
    } finally {
      cache.close();
    }
  }

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
