package io.overread.vlm;

import io.overread.vlm.decoding.LogProbabilities;
import java.util.HashMap;
import java.util.Map;

/** A prompt with the start of an answer, and what is likely at the positions that are read. */
final class ScoredRow {

  private final int[] ids;
  private final int firstRead;
  private final Map<Integer, LogProbabilities> read = new HashMap<>();

  /**
   * A row that is not run yet.
   *
   * @param ids not copied
   * @param firstRead the first position whose logits are read; every later one is too
   */
  ScoredRow(int[] ids, int firstRead) {
    this.ids = ids;
    this.firstRead = firstRead;
  }

  int[] ids() {
    return ids;
  }

  int firstRead() {
    return firstRead;
  }

  void put(int position, float[] logits) {
    read.put(position, LogProbabilities.over(logits));
  }

  /** Of the tokens that may follow a position. */
  LogProbabilities after(int position) {
    LogProbabilities values = read.get(position);
    if (values == null) {
      throw new IllegalStateException("position " + position + " was not run");
    }
    return values;
  }
}
