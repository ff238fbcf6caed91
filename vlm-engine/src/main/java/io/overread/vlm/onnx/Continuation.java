package io.overread.vlm.onnx;

/** An answer being written: the cache of everything so far, which grows by the token it is told. */
public interface Continuation extends AutoCloseable {

  /** Takes a token in, and gives the scores of the one that follows. */
  float[] next(int token);

  /** Frees the cache. */
  @Override
  void close();
}
