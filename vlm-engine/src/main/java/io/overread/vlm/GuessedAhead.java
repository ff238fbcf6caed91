package io.overread.vlm;

import io.overread.vlm.decoding.PhraseLookup;
import io.overread.vlm.onnx.AnswerRow;
import io.overread.vlm.onnx.Continuation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a token together with a guess at those that follow it, and answers from that run for as long
 * as the guess holds. Where the best token leads by less than rounding could turn, everything that
 * was run in company is taken back and run token by token: so a greedy text is the same with
 * guesses and without.
 */
final class GuessedAhead implements Continuation {

  /** In logits: far more than what several tokens' run differs by, see vlm-engine/README.md. */
  private static final float SURE = 0.5f;

  private final AnswerRow row;
  private final PhraseLookup lookup;
  private final List<Integer> prompt;
  private final List<Integer> text = new ArrayList<>();
  private int[] run = new int[0];
  private float[][] scores = new float[0][];
  private int used;
  private int exact;

  GuessedAhead(AnswerRow row, PhraseLookup lookup, int[] prompt) {
    this.row = row;
    this.lookup = lookup;
    this.prompt = Arrays.stream(prompt).boxed().toList();
  }

  @Override
  public float[] next(int token) {
    text.add(token);
    if (used == run.length || run[used] != token) {
      forget();
      int room = row.roomAhead() - 1;
      int[] guess = room < 1 ? new int[0] : lookup.next(prompt, text, room);
      if (guess.length == 0) {
        return byItself();
      }
      run = new int[guess.length + 1];
      run[0] = token;
      System.arraycopy(guess, 0, run, 1, guess.length);
      scores = row.ahead(run);
    }
    return sure(scores[used]) ? scores[used++] : exactly();
  }

  /** The scores of a plain run, over a cache that guessed runs have written to. */
  private float[] byItself() {
    float[] plain = row.next(text.getLast());
    if (exact == text.size() - 1) {
      exact++;
      return plain;
    }
    return sure(plain) ? plain : again(text.size());
  }

  private float[] exactly() {
    int cached = text.size() - 1;
    forget();
    return again(cached);
  }

  /** Runs all that guesses were part of once more, token by token. */
  private float[] again(int cached) {
    row.rewind(cached - exact);
    float[] plain = new float[0];
    while (exact < text.size()) {
      plain = row.next(text.get(exact++));
    }
    return plain;
  }

  private void forget() {
    if (used < run.length) {
      row.rewind(run.length - used);
    }
    run = new int[0];
    scores = new float[0][];
    used = 0;
  }

  private static boolean sure(float[] logits) {
    float best = Float.NEGATIVE_INFINITY;
    float second = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      if (logit > best) {
        second = best;
        best = logit;
      } else if (logit > second) {
        second = logit;
      }
    }
    return best - second >= SURE;
  }

  @Override
  public void close() {
    row.close();
  }
}
