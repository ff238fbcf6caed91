package io.overread.vlm;

import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.decoding.FinishReason;
import io.overread.vlm.decoding.LogProbabilities;
import io.overread.vlm.decoding.TokenSampler;
import io.overread.vlm.onnx.DecoderStep;
import io.overread.vlm.onnx.KeyValueCache;
import io.overread.vlm.text.ModelTokenizer;
import io.overread.vlm.text.StreamingText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Writes one answer, token after token. */
final class AnswerWriter {

  private final ModelGraphs graphs;
  private final ModelTokenizer tokenizer;
  private final Set<Integer> stopTokens;
  private final @Nullable String refusalText;

  AnswerWriter(
      ModelGraphs graphs,
      ModelTokenizer tokenizer,
      Set<Integer> stopTokens,
      @Nullable String refusalText) {
    this.graphs = graphs;
    this.tokenizer = tokenizer;
    this.stopTokens = stopTokens;
    this.refusalText = refusalText;
  }

  /**
   * Writes until a stop token, the limit or a cancellation.
   *
   * @param limit the most tokens to write, at least 1
   */
  Answer write(
      EncodedStudy study,
      int[] prompt,
      Decoding decoding,
      int limit,
      TokenListener listener,
      Cancellation cancellation) {
    Draft draft = new Draft(new StreamingText(tokenizer), listener);
    if (cancellation.requested()) {
      return draft.answer(FinishReason.CANCELLED);
    }
    TokenSampler sampler = new TokenSampler(decoding, new SplittableRandom(decoding.seed()));
    DecoderStep step = graphs.start(study, prompt);
    KeyValueCache cache = step.present();
    try {
      while (true) {
        float[] logits = step.logits().at(0, 0);
        int token = sampler.choose(logits);
        if (stopTokens.contains(token)) {
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
      boolean refused = refusalText != null && written.equals(refusalText.strip());
      return new Answer(written, tokens, logProbabilities, reason, refused);
    }

    private void tell(String piece) {
      if (!piece.isEmpty()) {
        listener.onText(piece);
      }
    }
  }
}
