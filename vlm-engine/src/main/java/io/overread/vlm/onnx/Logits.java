package io.overread.vlm.onnx;

/**
 * Scores of every token of the vocabulary at the last positions of each row of a batch.
 *
 * <p>Held as one flat array [batch, positions, vocabulary].
 */
public final class Logits {

  private final float[] values;
  private final int batch;
  private final int positions;

  Logits(float[] values, int batch, int positions) {
    this.values = values;
    this.batch = batch;
    this.positions = positions;
  }

  /** How many of the last positions there are. */
  public int positions() {
    return positions;
  }

  /** Tokens in the vocabulary. */
  public int vocabulary() {
    return values.length / (batch * positions);
  }

  /**
   * A copy of the scores at one position.
   *
   * @param row of the batch, from 0
   * @param fromEnd 0 for the last position
   */
  public float[] at(int row, int fromEnd) {
    if (row < 0 || row >= batch || fromEnd < 0 || fromEnd >= positions) {
      throw new IndexOutOfBoundsException(
          "row " + row + ", " + fromEnd + " from the end of " + positions);
    }
    int vocabulary = vocabulary();
    int start = (row * positions + positions - 1 - fromEnd) * vocabulary;
    return java.util.Arrays.copyOfRange(values, start, start + vocabulary);
  }
}
