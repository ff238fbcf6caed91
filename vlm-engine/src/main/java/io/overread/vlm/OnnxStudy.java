package io.overread.vlm;

import io.overread.vlm.family.StudyImages;
import io.overread.vlm.finding.FindingRegion;
import io.overread.vlm.onnx.FindingMaps;
import io.overread.vlm.onnx.KeyValueCache;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The images' features, and the key/value cache of the prompt up to the last image. Memory outside
 * the heap is held until it is closed and the last question on it has ended.
 */
public final class OnnxStudy implements EncodedStudy {

  private final OnnxModel owner;
  private final StudyImages images;
  private final int[] prefix;
  private final KeyValueCache prefixCache;
  private final @Nullable Use lease;
  private final AtomicInteger users = new AtomicInteger(1);
  private final AtomicBoolean closed = new AtomicBoolean();

  OnnxStudy(OnnxModel owner, StudyImages images, int[] prefix, KeyValueCache prefixCache) {
    this(owner, images, prefix, prefixCache, null);
  }

  private OnnxStudy(
      OnnxModel owner,
      StudyImages images,
      int[] prefix,
      KeyValueCache prefixCache,
      @Nullable Use lease) {
    this.owner = owner;
    this.images = images;
    this.prefix = prefix.clone();
    this.prefixCache = prefixCache;
    this.lease = lease;
  }

  /** The same study for someone else; the memory is freed when both are closed. */
  OnnxStudy shared() {
    return new OnnxStudy(owner, images, prefix, prefixCache, use());
  }

  @Override
  public int images() {
    return images.layouts().size();
  }

  /** Tokens that every question starts with; 0 where the family's questions share none. */
  public int prefixLength() {
    return prefix.length;
  }

  @Override
  public long bytes() {
    return prefixCache.bytes() + (long) images.features().rows() * images.features().width() * 4;
  }

  @Override
  public Optional<FindingRegion> region(int image, String findingId) {
    Objects.checkIndex(image, images());
    FindingMaps maps = images.features().maps();
    int finding = owner.mappedFindings().indexOf(findingId);
    return maps == null || finding < 0
        ? Optional.empty()
        : FindingRegion.of(maps.grid(), maps.map(image, finding));
  }

  boolean isOf(OnnxModel model) {
    return owner == model;
  }

  StudyImages studyImages() {
    return images;
  }

  /** The cache; only while {@link #use()} is open. */
  KeyValueCache prefixCache() {
    return prefixCache;
  }

  /** Whether a prompt starts with this study's prefix and goes on after it. */
  boolean startsPrompt(int[] ids) {
    int most = owner.graphs().family().switchLength();
    return prefix.length > 0
        && ids.length > prefix.length
        && (prefix.length > most || ids.length <= most)
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

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release();
    }
  }

  private void release() {
    if (users.decrementAndGet() > 0) {
      return;
    }
    if (lease == null) {
      prefixCache.close();
    } else {
      lease.close();
    }
  }

  /** One question's hold on the study. */
  @FunctionalInterface
  interface Use extends AutoCloseable {
    @Override
    void close();
  }
}
