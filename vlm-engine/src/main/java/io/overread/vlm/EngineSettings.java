package io.overread.vlm;

import io.overread.vlm.onnx.ExecutionProvider;
import io.overread.vlm.onnx.Gpu;
import java.nio.file.Path;

/**
 * How a model is run.
 *
 * @param provider where the graphs run
 * @param threads threads that one graph may use, at least 1
 * @param maxNewTokens the longest answer, in tokens, whatever a {@code Decoding} asks for
 * @param maxContext the longest prompt and answer together, in tokens; a model's own smaller limit
 *     wins
 * @param nativeFolder where native libraries are unpacked; kept between starts
 * @param gpu which GPUs, where the graphs run on one
 * @param keptBytes memory for studies that are kept by their images' digest after they were closed
 */
public record EngineSettings(
    ExecutionProvider provider,
    int threads,
    int maxNewTokens,
    int maxContext,
    Path nativeFolder,
    Gpu gpu,
    long keptBytes) {

  private static final long USUALLY_KEPT_BYTES = 64L << 20;

  /** Refuses counts below one. */
  public EngineSettings {
    if (threads < 1 || maxNewTokens < 1 || maxContext < 2 || keptBytes < 0) {
      throw new IllegalArgumentException(
          "threads and maxNewTokens must be at least 1, maxContext 2, keptBytes not negative");
    }
  }

  /** With the first GPU, where the graphs run on one. */
  public EngineSettings(
      ExecutionProvider provider,
      int threads,
      int maxNewTokens,
      int maxContext,
      Path nativeFolder) {
    this(provider, threads, maxNewTokens, maxContext, nativeFolder, Gpu.FIRST, USUALLY_KEPT_BYTES);
  }

  /** The same, run elsewhere or by other threads. */
  public EngineSettings on(ExecutionProvider where, int threadsOfGraph, Gpu gpus) {
    return new EngineSettings(
        where, threadsOfGraph, maxNewTokens, maxContext, nativeFolder, gpus, keptBytes);
  }

  /** The same, with other memory for closed studies. */
  public EngineSettings keeping(long bytes) {
    return new EngineSettings(
        provider, threads, maxNewTokens, maxContext, nativeFolder, gpu, bytes);
  }

  /**
   * The processor with all its cores up to eight, answers of up to 256 tokens in a context of 4096.
   */
  public static EngineSettings defaults(Path nativeFolder) {
    int threads = Math.min(8, Runtime.getRuntime().availableProcessors());
    return new EngineSettings(ExecutionProvider.CPU, threads, 256, 4096, nativeFolder);
  }
}
