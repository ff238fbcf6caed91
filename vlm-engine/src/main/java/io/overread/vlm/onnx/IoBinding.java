package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import io.overread.vlm.failure.InferenceException;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * One run of a graph whose inputs and outputs lie where they are told to: on the device, so that
 * what the next run reads never passes through the processor's memory.
 */
final class IoBinding implements AutoCloseable {

  private final CInterface c = CInterface.open();
  private final OnnxGraph graph;
  private final MemorySegment session;
  private final MemorySegment binding;
  private final List<String> outputs = new java.util.ArrayList<>();

  IoBinding(OnnxGraph graph) {
    this.graph = graph;
    this.session = handle(OrtSession.class, graph.session());
    this.binding = c.createBinding(session);
  }

  /** A tensor of the Java interface, which stays the caller's. */
  void input(String name, OnnxTensor tensor) {
    c.bindInput(binding, name, handle(tensor.getClass().getSuperclass(), tensor));
  }

  /** What another run left on the device. */
  void input(String name, DeviceTensor tensor) {
    c.bindInput(binding, name, tensor.value());
  }

  /** Where an output shall lie. */
  void output(String name, DeviceMemory memory) {
    c.bindOutput(binding, name, memory.info());
    outputs.add(name);
  }

  /** Runs when this thread's turn comes; the caller closes what it gets. */
  Map<String, DeviceTensor> run() {
    graph
        .turns()
        .run(
            () -> {
              try {
                return NativeThreads.run(
                    () -> {
                      c.run(session, binding);
                      return this;
                    });
              } catch (ExecutionException e) {
                throw e.getCause() instanceof InferenceException known
                    ? known
                    : new InferenceException("a bound run failed: " + e.getMessage(), e);
              }
            });
    MemorySegment[] values = c.outputs(binding);
    Map<String, DeviceTensor> given = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      given.put(outputs.get(i), new DeviceTensor(c, values[i]));
    }
    return given;
  }

  @Override
  public void close() {
    c.releaseBinding(binding);
  }

  /** The Java interface keeps the C interface's pointers to itself. */
  private static MemorySegment handle(Class<?> type, Object object) {
    try {
      Field field = type.getDeclaredField("nativeHandle");
      field.setAccessible(true);
      return MemorySegment.ofAddress(field.getLong(object));
    } catch (ReflectiveOperationException e) {
      throw new InferenceException("this ONNX Runtime hides its sessions: " + e.getMessage(), e);
    }
  }
}
