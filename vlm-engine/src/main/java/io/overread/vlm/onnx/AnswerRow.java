package io.overread.vlm.onnx;

import io.overread.vlm.schedule.Turns.Ticket;
import org.jspecify.annotations.Nullable;

/** An answer that is one row of a block. Not for several threads. */
public final class AnswerRow implements Continuation {

  private final AnswerRows rows;

  // Guarded by the turn.
  RowBlock block;
  int index;

  // Guarded by the lock of the rows, and then by the turn of whoever runs it.
  int token;
  boolean posted;
  boolean inLastRun;
  @Nullable Ticket ticket;
  float @Nullable [] logits;
  @Nullable RuntimeException failure;

  AnswerRow(AnswerRows rows, RowBlock block, int index) {
    this.rows = rows;
    this.block = block;
    this.index = index;
  }

  @Override
  public float[] next(int token) {
    return rows.step(this, token);
  }

  /** How many tokens {@link #ahead} may run now; less than two where it should not. */
  public int roomAhead() {
    return rows.roomAhead(this);
  }

  /**
   * Runs tokens that may turn out not to be the answer's; then they are {@linkplain #rewind taken
   * back}.
   *
   * @return the scores after each of them; another kernel computes them than {@link #next}'s, so
   *     the last digits differ
   */
  public float[][] ahead(int[] tokens) {
    return rows.ahead(this, tokens);
  }

  /** Takes back the last tokens. */
  public void rewind(int tokens) {
    rows.rewind(this, tokens);
  }

  @Override
  public void close() {
    rows.leave(this);
  }
}
