package io.overread.vlm.onnx;

/**
 * What a decoder is told of a sequence of tokens beside their embeddings. It goes with the
 * sequence's cache, so that whoever continues the one continues the other.
 */
public interface TokenSequence {

  /**
   * The position id of a token, of the prompt or of what follows it.
   *
   * @param axis 0 where a position is one number; else 0 time, 1 height, 2 width
   * @param index of the token in the sequence, from 0
   */
  long position(int axis, int index);

  /**
   * An input that only some decoders have.
   *
   * @param name one of those that the decoder was opened with
   * @param batch rows, all of this sequence's start
   * @param from index of the first token that is run
   * @param count how many tokens are run
   */
  default HostTensor input(String name, int batch, int from, int count) {
    throw new IllegalStateException("this sequence has no input " + name);
  }

  /** Positions counted on, one number each. */
  static TokenSequence countingFrom(int first) {
    return (axis, index) -> (long) first + index;
  }
}
