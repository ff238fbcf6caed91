package io.overread.vlm.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.overread.vlm.failure.InferenceException;
import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.schedule.Turns;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** One session, its tensors by name, and the name of its file for messages. */
final class OnnxGraph implements AutoCloseable {

  private final String file;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Turns turns;
  private final String arenas;
  private final SequencedMap<String, TensorInfo> inputs;
  private final SequencedMap<String, TensorInfo> outputs;

  OnnxGraph(String file, OrtEnvironment environment, OrtSession session, Turns turns, String arenas)
      throws OrtException {
    this.file = file;
    this.environment = environment;
    this.session = session;
    this.turns = turns;
    this.arenas = arenas;
    this.inputs = tensors(session.getInputInfo());
    this.outputs = tensors(session.getOutputInfo());
    LastRuns.opened();
  }

  OrtEnvironment environment() {
    return environment;
  }

  SequencedSet<String> inputNames() {
    return inputs.sequencedKeySet();
  }

  SequencedSet<String> outputNames() {
    return outputs.sequencedKeySet();
  }

  @Nullable TensorInfo input(String name) {
    return inputs.get(name);
  }

  TensorInfo requireInput(String name) {
    TensorInfo info = inputs.get(name);
    if (info == null) {
      throw new ModelFormatException(
          file + ": " + name, "this input is missing; there are " + inputs.keySet());
    }
    return info;
  }

  TensorInfo requireOutput(String name) {
    TensorInfo info = outputs.get(name);
    if (info == null) {
      throw new ModelFormatException(
          file + ": " + name, "this output is missing; there are " + outputs.keySet());
    }
    return info;
  }

  /** The named output, or the only one there is. */
  String outputNamed(String name) {
    if (outputs.containsKey(name)) {
      return name;
    }
    if (outputs.size() == 1) {
      return outputs.firstEntry().getKey();
    }
    throw new ModelFormatException(
        file + ": " + name, "this output is missing; there are " + outputs.keySet());
  }

  ModelFormatException malformed(String tensor, String problem) {
    return new ModelFormatException(file + ": " + tensor, problem);
  }

  /** Whose turn it is on this graph's compute. */
  Turns turns() {
    return turns;
  }

  /** The session, for a binding by the C interface. */
  OrtSession session() {
    return session;
  }

  /**
   * Runs when this thread's turn comes. The caller closes the result. With {@code shrink} the arena
   * gives its free memory back afterwards.
   */
  OrtSession.Result run(Map<String, OnnxTensor> feeds, Set<String> wanted, boolean shrink) {
    return turns.run(() -> run(feeds, wanted, Map.of(), shrink));
  }

  /** Runs at once, out of turn: for what takes no time to speak of. */
  OrtSession.Result runNow(Map<String, OnnxTensor> feeds, Set<String> wanted) {
    return run(feeds, wanted, Map.of(), false);
  }

  /** Runs at once, for who has the turn already; every output into memory of the caller. */
  void runInto(Map<String, OnnxTensor> feeds, Map<String, OnnxTensor> outputs) {
    run(feeds, Set.of(), outputs, false).close();
  }

  private OrtSession.Result run(
      Map<String, OnnxTensor> feeds,
      Set<String> wanted,
      Map<String, OnnxTensor> into,
      boolean shrink) {
    try {
      return NativeThreads.run(
          () -> {
            if (!shrink) {
              return session.run(feeds, wanted, into);
            }
            try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
              options.addRunConfigEntry("memory.enable_memory_arena_shrinkage", arenas);
              return session.run(feeds, wanted, into, options);
            }
          });
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new InferenceException(file + " failed: " + cause.getMessage(), cause);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new InferenceException(file + " did not close: " + e.getMessage(), e);
    } finally {
      LastRuns.closed();
    }
  }

  private static SequencedMap<String, TensorInfo> tensors(Map<String, NodeInfo> nodes) {
    SequencedMap<String, TensorInfo> tensors = new LinkedHashMap<>();
    nodes.forEach(
        (name, node) -> {
          if (node.getInfo() instanceof TensorInfo info) {
            tensors.put(name, info);
          }
        });
    return tensors;
  }
}
