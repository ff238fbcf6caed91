package io.overread.vlm;

import io.overread.vlm.decoding.PhraseLookup;
import io.overread.vlm.onnx.AnswerRow;
import io.overread.vlm.onnx.Continuation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a token together with a guess at those that follow it, and answers from that run for as long
 * as the guess holds. Where the best token leads by less than rounding could turn, the token is run
 * again by itself: so a greedy text is the same with guesses and without.
 */
final class GuessedAhead implements Continuation {

  /**
   * In logits: several times what was seen between one token's run and several tokens' (0.2), see
   * vlm-engine/README.md.
   */
  private static final float SURE = 1;

  private final AnswerRow row;
  private final PhraseLookup lookup;
  private final List<Integer> prompt;
  private final List<Integer> text = new ArrayList<>();
  private int[] run = new int[0];
  private float[][] scores = new float[0][];
  private int used;

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
        return row.next(token);
      }
      run = new int[guess.length + 1];
      run[0] = token;
      System.arraycopy(guess, 0, run, 1, guess.length);
      scores = row.ahead(run);
    }
    if (!sure(scores[used])) {
      forget();
      return row.next(token);
    }
    return scores[used++];
  }

  private void forget() {
    if (used > 0) {
      row.keep(used);
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
