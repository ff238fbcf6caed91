package io.overread.vlm;

import io.overread.vlm.finding.FindingRegion;
import io.overread.vlm.onnx.FindingMaps;
import io.overread.vlm.onnx.ImageFeatures;
import io.overread.vlm.onnx.KeyValueCache;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A study's images as the model knows them: their features, and the key/value cache of the prompt
 * up to the last image. Computed once, read by every question, also by several at a time. Memory
 * outside the heap is held until it is closed and the last question on it has ended.
 */
public final class EncodedStudy implements AutoCloseable {

  private final VisionLanguageModel owner;
  private final ImageFeatures features;
  private final int[] prefix;
  private final KeyValueCache prefixCache;
  private final AtomicInteger users = new AtomicInteger(1);
  private final AtomicBoolean closed = new AtomicBoolean();

  EncodedStudy(
      VisionLanguageModel owner, ImageFeatures features, int[] prefix, KeyValueCache prefixCache) {
    this.owner = owner;
    this.features = features;
    this.prefix = prefix.clone();
    this.prefixCache = prefixCache;
  }

  /** How many images there are. */
  public int images() {
    return features.images();
  }

  /** Tokens that every question starts with. */
  public int prefixLength() {
    return prefix.length;
  }

  /** Memory that the cache holds, in bytes. */
  public long cacheBytes() {
    return prefixCache.bytes();
  }

  /** Where on the first image a finding is seen, as {@link #region(int, String)}. */
  public Optional<FindingRegion> region(String findingId) {
    return region(0, findingId);
  }

  /**
   * Where on an image a finding is seen; empty where the model makes no map of this finding. It may
   * be asked of a closed study too.
   *
   * @param image from 0, in the order in which the images were encoded
   * @param findingId id of a catalogue's finding
   */
  public Optional<FindingRegion> region(int image, String findingId) {
    Objects.checkIndex(image, images());
    FindingMaps maps = features.maps();
    int finding = owner.mappedFindings().indexOf(findingId);
    return maps == null || finding < 0
        ? Optional.empty()
        : FindingRegion.of(maps.grid(), maps.map(image, finding));
  }

  boolean isOf(VisionLanguageModel model) {
    return owner == model;
  }

  ImageFeatures features() {
    return features;
  }

  /** The cache; only while {@link #use()} is open. */
  KeyValueCache prefixCache() {
    return prefixCache;
  }

  /** Whether a prompt starts with this study's prefix and goes on after it. */
  boolean startsPrompt(int[] ids) {
    return ids.length > prefix.length
        && java.util.Arrays.equals(ids, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** Keeps the cache alive until the use is closed. */
  Use use() {
    int before = users.getAndUpdate(n -> n == 0 ? 0 : n + 1);
    if (before == 0 || closed.get()) {
      if (before > 0) {
        release();
      }
      throw new IllegalStateException("the encoded study is closed");
    }
    return this::release;
  }

  /** Ends the study; questions under way still finish. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release();
    }
  }

  private void release() {
    if (users.decrementAndGet() == 0) {
      prefixCache.close();
    }
  }

  /** One question's hold on the study. */
  @FunctionalInterface
  interface Use extends AutoCloseable {
    @Override
    void close();
  }
}
