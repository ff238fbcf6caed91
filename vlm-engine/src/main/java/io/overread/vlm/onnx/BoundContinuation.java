package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer whose embeddings and cache stay on the device: a token's number goes there, and the
 * scores of the next one come back. On a processor the same code runs with the processor's memory.
 */
final class BoundContinuation implements Continuation {

  private final Decoder decoder;
  private final TokenEmbedding embedding;
  private final DeviceMemory device;
  private final DeviceMemory processor;
  private final Map<String, DeviceTensor> past = new LinkedHashMap<>();
  private KeyValueCache reached;
  private boolean started;

  /** Owns the cache; the memories stay the caller's. */
  BoundContinuation(
      Decoder decoder,
      TokenEmbedding embedding,
      KeyValueCache cache,
      DeviceMemory device,
      DeviceMemory processor) {
    this.decoder = decoder;
    this.embedding = embedding;
    this.reached = cache;
    this.device = device;
    this.processor = processor;
  }

  @Override
  public float[] next(int token) {
    try (DeviceTensor embedded = embedding.embedOn(device, token);
        IoBinding binding = new IoBinding(decoder.graph())) {
      Map<String, OnnxTensor> feeds = decoder.feedsWithoutEmbeddings(reached);
      try {
        binding.input("inputs_embeds", embedded);
        feeds.forEach(binding::input);
        if (started) {
          past.forEach(binding::input);
        } else {
          reached.tensors().forEach(binding::input);
        }
        decoder.presentByPast().values().forEach(name -> binding.output(name, device));
        binding.output("logits", processor);
        return took(binding.run());
      } finally {
        feeds.values().forEach(OnnxTensor::close);
      }
    }
  }

  private float[] took(Map<String, DeviceTensor> given) {
    past.values().forEach(DeviceTensor::close);
    decoder
        .presentByPast()
        .forEach(
            (input, output) ->
                past.put(input, java.util.Objects.requireNonNull(given.get(output))));
    KeyValueCache before = reached;
    reached = before.placeAfter(1);
    before.close();
    started = true;
    try (DeviceTensor logits = java.util.Objects.requireNonNull(given.get("logits"))) {
      return floats(logits);
    }
  }

  private float[] floats(DeviceTensor logits) {
    int vocabulary = Math.toIntExact(decoder.vocabulary());
    OnnxJavaType type = decoder.graph().requireOutput("logits").type;
    MemorySegment data = logits.data((long) vocabulary * type.size);
    if (type == OnnxJavaType.FLOAT) {
      return data.toArray(ValueLayout.JAVA_FLOAT);
    }
    short[] halves = data.toArray(ValueLayout.JAVA_SHORT);
    float[] values = new float[halves.length];
    for (int i = 0; i < halves.length; i++) {
      values[i] = Float.float16ToFloat(halves[i]);
    }
    return values;
  }

  @Override
  public void close() {
    past.values().forEach(DeviceTensor::close);
    past.clear();
    reached.close();
  }
}
