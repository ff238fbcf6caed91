package io.overread.vlm.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.overread.vlm.failure.InferenceException;
import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.schedule.Turns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Opens graphs: one per model, over the one environment that a process may have. */
public final class OnnxRuntime {

  private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntime.class);
  private static final AtomicInteger STARTED = new AtomicInteger();
  private static final AtomicBoolean HELD = new AtomicBoolean();
  private static final AtomicBoolean FALL_BACK_TOLD = new AtomicBoolean();

  private final OrtEnvironment environment;
  private final ExecutionProvider provider;
  private final int threads;
  private final Gpu gpus;
  private final int gpu;
  private final Turns turns = new Turns();

  private OnnxRuntime(
      OrtEnvironment environment, ExecutionProvider provider, int threads, Gpu gpus, int gpu) {
    this.environment = environment;
    this.provider = provider;
    this.threads = threads;
    this.gpus = gpus;
    this.gpu = gpu;
  }

  /**
   * Loads the native libraries when this is the first call, and settles which provider there is.
   */
  public static OnnxRuntime start(ExecutionProvider wanted, int threads, Path nativeFolder) {
    return start(wanted, threads, nativeFolder, Gpu.FIRST);
  }

  /** As {@link #start(ExecutionProvider, int, Path)}, on the next of the GPUs. */
  public static OnnxRuntime start(
      ExecutionProvider wanted, int threads, Path nativeFolder, Gpu gpus) {
    NativeLibraries.unpack(nativeFolder);
    try {
      return NativeThreads.start(
          () -> {
            OrtEnvironment environment =
                OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "overread");
            environment.setTelemetry(false);
            if (!HELD.getAndSet(true)) {
              CInterface.holdEnvironment();
            }
            int gpu =
                gpus.devices().get(Math.floorMod(STARTED.getAndIncrement(), gpus.devices().size()));
            return new OnnxRuntime(environment, available(wanted, gpus, gpu), threads, gpus, gpu);
          });
    } catch (ExecutionException e) {
      throw new InferenceException("ONNX Runtime does not start: " + e.getMessage(), e);
    }
  }

  /**
   * Lets work that is under way when the process is told to stop go on for so long; without this
   * only the run that is under way ends.
   */
  public static void letWorkEnd(Duration longest) {
    LastRuns.allow(longest);
  }

  /** Where graphs will run: never {@link ExecutionProvider#AUTO}. */
  public ExecutionProvider provider() {
    return provider;
  }

  /** The GPU's number, where graphs run on one. */
  int gpu() {
    return gpu;
  }

  /** Where graphs run, for people. */
  public String device() {
    return provider == ExecutionProvider.CUDA ? provider.name() + " " + gpu : provider.name();
  }

  OnnxGraph open(Path file) {
    String name = String.valueOf(file.getFileName());
    try {
      return NativeThreads.start(
          () -> {
            try (SessionOptions options = options(provider, threads, gpus, gpu)) {
              OrtSession session = environment.createSession(file.toString(), options);
              return new OnnxGraph(name, environment, session, turns, arenas());
            }
          });
    } catch (ExecutionException e) {
      throw new ModelFormatException(
          name, "ONNX Runtime cannot load it: " + cause(e).getMessage(), cause(e));
    }
  }

  private static Throwable cause(ExecutionException e) {
    Throwable cause = e.getCause();
    return cause == null ? e : cause;
  }

  /** The arenas that a run can be told to shrink. */
  private String arenas() {
    return provider == ExecutionProvider.CUDA ? "cpu:0;gpu:" + gpu : "cpu:0";
  }

  private static ExecutionProvider available(ExecutionProvider wanted, Gpu gpus, int gpu) {
    if (wanted == ExecutionProvider.CPU) {
      return wanted;
    }
    // The list of available providers names CUDA even where there is no GPU; only trying tells.
    try (SessionOptions probe = options(ExecutionProvider.CUDA, 1, gpus, gpu)) {
      LOG.info("The model runs on GPU {}", gpu);
      return ExecutionProvider.CUDA;
    } catch (OrtException e) {
      if (!FALL_BACK_TOLD.getAndSet(true)) {
        LOG.atLevel(wanted == ExecutionProvider.AUTO ? Level.INFO : Level.WARN)
            .log("No CUDA here, the model runs on the processor: {}", e.getMessage());
      }
      return ExecutionProvider.CPU;
    }
  }

  private static SessionOptions options(ExecutionProvider provider, int threads, Gpu gpus, int gpu)
      throws OrtException {
    SessionOptions options = new SessionOptions();
    try {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      // Shapes change with every token: patterns would be recorded for each and never met again.
      options.setMemoryPatternOptimization(false);
      // A token's graph is many short operations: threads that slept between them would double its
      // time. Between runs they sleep, for the cores are others' too.
      options.addConfigEntry("session.intra_op.allow_spinning", "1");
      options.addConfigEntry("session.force_spinning_stop", "1");
      if (provider == ExecutionProvider.CUDA) {
        addCuda(options, gpus, gpu);
      }
      return options;
    } catch (OrtException | RuntimeException e) {
      options.close();
      throw e;
    }
  }

  private static void addCuda(SessionOptions options, Gpu gpus, int gpu) throws OrtException {
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(gpu)) {
      if (gpus.memoryBytes() > 0) {
        cuda.add("gpu_mem_limit", String.valueOf(gpus.memoryBytes()));
      }
      // Doubling the arena at each growth would leave no memory to the next model.
      cuda.add("arena_extend_strategy", "kSameAsRequested");
      options.addCUDA(cuda);
    }
  }
}
