package io.overread.vlm.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a decoder makes of rows with masked parts, found by running it.
 *
 * @param apart how far the scores of a masked row lie from those of an exact cache, as a part of
 *     the largest score
 * @param together whether a row's scores are the same, bit by bit, alone and in batches of other
 *     rows of other lengths
 */
record RowTrial(double apart, boolean together) {

  private static final int PROMPT = 7;
  private static final int[] BATCHES = {2, 3, 5, 8};

  static RowTrial of(Decoder decoder, RowLayout layout, SplittableRandom random) {
    int hidden = Math.toIntExact(decoder.hiddenSize());
    TokenSequence sequence = (axis, index) -> index;
    try (KeyValueCache none = decoder.empty(sequence);
        KeyValueCache one =
            decoder.run(noise(random, PROMPT * hidden), PROMPT, none, 1, false).present();
        KeyValueCache longer = decoder.run(noise(random, hidden), 1, one, 1, false).present()) {
      float[] token = noise(random, hidden);
      DecoderStep exact = decoder.run(token, 1, one, 1, false);
      exact.present().close();
      float[] alone = batch(decoder, layout, List.of(one), token).getFirst();
      float[] longerAlone = batch(decoder, layout, List.of(longer), token).getFirst();
      boolean together = true;
      for (int size : BATCHES) {
        KeyValueCache[] caches = new KeyValueCache[size];
        Arrays.setAll(caches, i -> i % 2 == 0 ? one : longer);
        List<float[]> scores = batch(decoder, layout, List.of(caches), token);
        for (int i = 0; i < size; i++) {
          together &= Arrays.equals(scores.get(i), i % 2 == 0 ? alone : longerAlone);
        }
      }
      return new RowTrial(apart(exact.logits().at(0, 0), alone), together);
    }
  }

  private static List<float[]> batch(
      Decoder decoder, RowLayout layout, List<KeyValueCache> caches, float[] token) {
    int capacity = AnswerRows.capacityFor(PROMPT + 1);
    int rows = caches.size();
    try (RowBlock block = new RowBlock(decoder.graph(), layout, capacity, rows)) {
      float[] embeds = new float[rows * token.length];
      for (int row = 0; row < rows; row++) {
        block.fill(row, caches.get(row));
        System.arraycopy(token, 0, embeds, row * token.length, token.length);
      }
      block.run(0, rows, 1, embeds);
      return java.util.stream.IntStream.range(0, rows)
          .mapToObj(row -> block.logits(row, 0))
          .toList();
    }
  }

  private static double apart(float[] one, float[] other) {
    double largest = 1e-6;
    double difference = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs(one[i]));
      difference = Math.max(difference, Math.abs(one[i] - other[i]));
    }
    return Double.isFinite(difference) ? difference / largest : Double.POSITIVE_INFINITY;
  }

  private static float[] noise(SplittableRandom random, int numbers) {
    float[] noise = new float[numbers];
    for (int i = 0; i < numbers; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    return noise;
  }
}
