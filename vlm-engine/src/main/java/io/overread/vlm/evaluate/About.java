package io.overread.vlm.evaluate;

import io.overread.vlm.model.ModelIdentity;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was measured, on what and with what.
 *
 * @param model the model
 * @param provider where its graphs ran
 * @param split dev, train or all
 * @param imagesBySource how many images each source gave
 * @param workers images that were read at a time, each on one thread
 * @param seconds that the reading took
 */
record About(
    ModelIdentity model,
    String provider,
    String split,
    Map<String, Integer> imagesBySource,
    int workers,
    double seconds) {

  About {
    imagesBySource = new TreeMap<>(imagesBySource);
  }

  int images() {
    return imagesBySource.values().stream().mapToInt(Integer::intValue).sum();
  }
}
