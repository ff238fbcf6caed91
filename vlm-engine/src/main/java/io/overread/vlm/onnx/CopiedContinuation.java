package io.overread.vlm.onnx;

/** The plain way, open to every decoder: each step makes a cache that is one token longer. */
final class CopiedContinuation implements Continuation {

  private final Decoder decoder;
  private final TokenEmbedding embedding;
  private KeyValueCache cache;

  /** Owns the cache. */
  CopiedContinuation(Decoder decoder, TokenEmbedding embedding, KeyValueCache cache) {
    this.decoder = decoder;
    this.embedding = embedding;
    this.cache = cache;
  }

  @Override
  public float[] next(int token) {
    DecoderStep step = decoder.run(embedding.embed(new int[] {token}), 1, cache, 1, false);
    cache.close();
    cache = step.present();
    return step.logits().at(0, 0);
  }

  @Override
  public void close() {
    cache.close();
  }
}
