package io.overread.vlm.onnx;

/** Numbers and their shape, on the way into a graph or out of it; the graph settles the width. */
@SuppressWarnings("ArrayRecordComponent") // buffers, passed on and never compared
public sealed interface HostTensor {

  /** The size of each dimension. */
  long[] shape();

  /** The same numbers in another shape. */
  HostTensor reshaped(long... shape);

  /**
   * For an input of any floating type.
   *
   * @param values the last dimension runs fastest; the array is not copied
   */
  record Floats(float[] values, long... shape) implements HostTensor {
    @Override
    public Floats reshaped(long... other) {
      return new Floats(values, other);
    }
  }

  /**
   * For an input of any integer or boolean type.
   *
   * @param values the last dimension runs fastest; the array is not copied
   */
  record Integers(long[] values, long... shape) implements HostTensor {
    @Override
    public Integers reshaped(long... other) {
      return new Integers(values, other);
    }
  }
}
