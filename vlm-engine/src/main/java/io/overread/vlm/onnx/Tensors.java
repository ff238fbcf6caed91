package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.overread.vlm.failure.InferenceException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/** Host arrays to tensors and back, in the element type that a graph asks for. */
final class Tensors {

  private Tensors() {}

  /** Floats as the given floating type. */
  static OnnxTensor floats(
      OrtEnvironment environment, float[] values, TensorInfo as, long... shape) {
    try {
      return switch (as.type) {
        case FLOAT -> OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
        case FLOAT16 ->
            OnnxTensor.createTensor(environment, halves(values), shape, OnnxJavaType.FLOAT16);
        default -> throw new IllegalArgumentException("no floating point tensor: " + as.onnxType);
      };
    } catch (OrtException e) {
      throw new InferenceException("cannot make a tensor: " + e.getMessage(), e);
    }
  }

  /** Whole numbers as the given integer or boolean type. */
  static OnnxTensor integers(
      OrtEnvironment environment, long[] values, TensorInfo as, long... shape) {
    try {
      return switch (as.type) {
        case INT64 -> OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
        case INT32 -> OnnxTensor.createTensor(environment, ints(values), shape);
        case BOOL, INT8, UINT8 ->
            OnnxTensor.createTensor(environment, bytes(values), shape, as.type);
        default -> throw new IllegalArgumentException("no integer tensor: " + as.onnxType);
      };
    } catch (OrtException e) {
      throw new InferenceException("cannot make a tensor: " + e.getMessage(), e);
    }
  }

  /** A tensor in the element type that a graph asks for. */
  static OnnxTensor of(OrtEnvironment environment, HostTensor tensor, TensorInfo as) {
    return switch (tensor) {
      case HostTensor.Floats floats -> floats(environment, floats.values(), as, floats.shape());
      case HostTensor.Integers whole -> integers(environment, whole.values(), as, whole.shape());
    };
  }

  /** Bytes as they are, in the given type. */
  static OnnxTensor raw(
      OrtEnvironment environment, ByteBuffer bytes, OnnxJavaType type, long... shape) {
    try {
      return OnnxTensor.createTensor(environment, bytes, shape, type);
    } catch (OrtException e) {
      throw new InferenceException("cannot make a tensor: " + e.getMessage(), e);
    }
  }

  /** A batch's tensor, each of whose rows is this tensor's only one; its memory is the arena's. */
  static OnnxTensor repeated(OrtEnvironment environment, OnnxTensor tensor, int rows, Arena arena) {
    TensorInfo info = tensor.getInfo();
    long[] shape = info.getShape();
    shape[0] = rows;
    ByteBuffer one = tensor.getByteBuffer();
    ByteBuffer all =
        arena
            .allocate((long) one.remaining() * rows, Long.BYTES)
            .asByteBuffer()
            .order(ByteOrder.nativeOrder());
    for (int row = 0; row < rows; row++) {
      all.put(one.duplicate());
    }
    return raw(environment, all.flip(), info.type, shape);
  }

  /** A named output, which the result keeps owning. */
  static OnnxTensor output(OrtSession.Result result, String name) {
    return (OnnxTensor)
        result
            .get(name)
            .orElseThrow(() -> new IllegalStateException("output " + name + " was not computed"));
  }

  /** The tensor's numbers, half precision widened. */
  static float[] toFloats(OnnxTensor tensor) {
    FloatBuffer buffer = tensor.getFloatBuffer(); // a copy already, mostly in an array
    if (buffer.hasArray() && buffer.array().length == buffer.remaining()) {
      return buffer.array();
    }
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private static ByteBuffer halves(float[] values) {
    ByteBuffer halves =
        ByteBuffer.allocateDirect(values.length * Short.BYTES).order(ByteOrder.nativeOrder());
    for (float value : values) {
      halves.putShort(Float.floatToFloat16(value));
    }
    return halves.flip();
  }

  private static IntBuffer ints(long[] values) {
    IntBuffer ints = IntBuffer.allocate(values.length);
    for (long value : values) {
      ints.put(Math.toIntExact(value));
    }
    return ints.flip();
  }

  private static ByteBuffer bytes(long[] values) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(values.length).order(ByteOrder.nativeOrder());
    for (long value : values) {
      bytes.put((byte) value);
    }
    return bytes.flip();
  }
}
