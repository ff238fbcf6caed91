package io.overread.vlm.onnx;

import io.overread.vlm.failure.EngineException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How one model's answers go on after their prompt: on a GPU with caches that stay there; else as
 * rows of one memory, several in one run, where a trial shows that the decoder computes a row the
 * same in any company; else each with a cache of its own.
 */
public final class Continuations implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Continuations.class);

  /** Between a cache of exact length and a masked one int8 activations round differently. */
  private static final double MOST_APART = 0.05;

  private final Decoder decoder;
  private final TokenEmbedding embedding;
  private final @Nullable AnswerRows rows;
  private final @Nullable DeviceMemory device;
  private final @Nullable DeviceMemory processor;

  private Continuations(Decoder decoder, TokenEmbedding embedding, @Nullable AnswerRows rows) {
    this.decoder = decoder;
    this.embedding = embedding;
    this.rows = rows;
    this.device = null;
    this.processor = null;
  }

  private Continuations(Decoder decoder, TokenEmbedding embedding, DeviceMemory device) {
    this.decoder = decoder;
    this.embedding = embedding;
    this.rows = null;
    this.device = device;
    this.processor = DeviceMemory.processor();
  }

  /** Tries the decoder out. */
  public static Continuations open(
      OnnxRuntime runtime, Decoder decoder, TokenEmbedding embedding, Path file) {
    if (runtime.provider() == ExecutionProvider.CUDA && decoder.vocabulary() > 0) {
      return bound(decoder, embedding, DeviceMemory.cuda(runtime.gpu()));
    }
    return onProcessor(decoder, embedding, file);
  }

  /** With caches that stay in a device's memory. */
  static Continuations bound(Decoder decoder, TokenEmbedding embedding, DeviceMemory device) {
    return new Continuations(decoder, embedding, device);
  }

  private static Continuations onProcessor(Decoder decoder, TokenEmbedding embedding, Path file) {
    Optional<RowLayout> layout = decoder.rowLayout(GraphText.mentions(file, "GroupQueryAttention"));
    if (layout.isEmpty() || decoder.hiddenSize() < 1) {
      return plain(decoder, embedding);
    }
    try {
      RowTrial trial = RowTrial.of(decoder, layout.get(), new SplittableRandom(1));
      if (trial.apart() <= MOST_APART) {
        LOG.debug("answers are rows of one memory, together in one run: {}", trial.together());
        return new Continuations(
            decoder,
            embedding,
            new AnswerRows(decoder.graph(), layout.get(), embedding, trial.together()));
      }
      LOG.info("Answers are written one by one: a masked cache is off by {}", trial.apart());
    } catch (EngineException e) {
      LOG.info("Answers are written one by one: {}", e.getMessage());
    }
    return plain(decoder, embedding);
  }

  /** Each answer for itself, as a decoder of unknown habits is run. */
  public static Continuations plain(Decoder decoder, TokenEmbedding embedding) {
    return new Continuations(decoder, embedding, (AnswerRows) null);
  }

  /** Goes on after a prompt; takes its cache over. */
  public Continuation after(DecoderStep start) {
    if (!start.present().held().tensors().isEmpty()) {
      // What such a family's decoder is told of the images at every step is bound nowhere else.
      return new CopiedContinuation(decoder, embedding, start.present());
    }
    if (device != null && processor != null) {
      return new BoundContinuation(decoder, embedding, start.present(), device, processor);
    }
    if (rows == null) {
      return new CopiedContinuation(decoder, embedding, start.present());
    }
    try (KeyValueCache cache = start.present()) {
      return rows.join(cache);
    }
  }

  @Override
  public void close() {
    if (rows != null) {
      rows.close();
    }
    if (device != null && processor != null) {
      device.close();
      processor.close();
    }
  }
}
