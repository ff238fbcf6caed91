package io.overread.vlm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A prompt with the start of an answer, and the logits at the positions that are read. */
final class ScoredRow {

  private final int[] ids;
  private final Map<Integer, float[]> logits = new HashMap<>();
  private int firstRead;

  ScoredRow(List<Integer> ids) {
    this.ids = ids.stream().mapToInt(Integer::intValue).toArray();
    this.firstRead = this.ids.length - 1;
  }

  int[] ids() {
    return ids;
  }

  /** The first position whose logits are read; every later one is too. */
  int firstRead() {
    return firstRead;
  }

  void readFrom(int position) {
    firstRead = Math.min(firstRead, position);
  }

  void put(int position, float[] values) {
    logits.put(position, values);
  }

  float[] logits(int position) {
    float[] values = logits.get(position);
    if (values == null) {
      throw new IllegalStateException("position " + position + " was not run");
    }
    return values;
  }
}
