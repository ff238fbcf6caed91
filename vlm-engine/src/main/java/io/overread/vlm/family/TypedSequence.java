package io.overread.vlm.family;

import io.overread.vlm.onnx.HostTensor;
import io.overread.vlm.onnx.TokenSequence;
import java.util.function.IntPredicate;

/**
 * Positions counted on, and {@code token_type_ids} i64 [batch, tokens] for decoders that take them.
 *
 * @param first position of the first token
 * @param one whether the token at an index has type 1, else 0
 */
record TypedSequence(int first, IntPredicate one) implements TokenSequence {

  static final String TOKEN_TYPES = "token_type_ids";

  @Override
  public long position(int axis, int index) {
    return (long) first + index;
  }

  @Override
  public HostTensor input(String name, int batch, int from, int count) {
    if (!name.equals(TOKEN_TYPES)) {
      return TokenSequence.super.input(name, batch, from, count);
    }
    long[] types = new long[batch * count];
    for (int i = 0; i < types.length; i++) {
      types[i] = one.test(from + i % count) ? 1 : 0;
    }
    return new HostTensor.Integers(types, batch, count);
  }
}
