package io.overread.vlm.onnx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.overread.vlm.failure.InferenceException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The part of ONNX Runtime's C interface that its Java interface leaves out: binding inputs and
 * outputs to memory of a device. The interface is a table of functions whose order never changes;
 * each is named here with its number in the table (onnxruntime_c_api.h, struct OrtApi).
 */
final class CInterface {

  /** The version of the table that the engine was written against, ONNX Runtime 1.29. */
  private static final int VERSION = 29;

  private static final int FUNCTIONS = 204;

  private static final int GET_ERROR_MESSAGE = 2;
  private static final int CREATE_ENV = 3;
  private static final int GET_TENSOR_MUTABLE_DATA = 51;
  private static final int CREATE_MEMORY_INFO = 68;
  private static final int ALLOCATOR_FREE = 76;
  private static final int GET_DEFAULT_ALLOCATOR = 78;
  private static final int RELEASE_STATUS = 93;
  private static final int RELEASE_MEMORY_INFO = 94;
  private static final int RELEASE_VALUE = 96;
  private static final int RUN_WITH_BINDING = 133;
  private static final int CREATE_IO_BINDING = 134;
  private static final int RELEASE_IO_BINDING = 135;
  private static final int BIND_INPUT = 136;
  private static final int BIND_OUTPUT_TO_DEVICE = 138;
  private static final int GET_BOUND_OUTPUT_VALUES = 140;
  private static final int SYNCHRONIZE_BOUND_INPUTS = 202;
  private static final int SYNCHRONIZE_BOUND_OUTPUTS = 203;

  private static final int LOGGING_LEVEL_ERROR = 3; // OrtLoggingLevel

  private final MemorySegment table;
  private final MemorySegment allocator;

  private final MethodHandle errorMessage;
  private final MethodHandle releaseStatus;
  private final MethodHandle releaseMemoryInfo;
  private final MethodHandle releaseValue;
  private final MethodHandle releaseBinding;
  private final MethodHandle tensorData;
  private final MethodHandle createMemoryInfo;
  private final MethodHandle free;
  private final MethodHandle runWithBinding;
  private final MethodHandle createBinding;
  private final MethodHandle bindInput;
  private final MethodHandle bindOutput;
  private final MethodHandle boundOutputs;
  private final MethodHandle synchronizeInputs;
  private final MethodHandle synchronizeOutputs;

  private CInterface(MemorySegment table) {
    this.table = table;
    this.errorMessage = direct(GET_ERROR_MESSAGE, ADDRESS, ADDRESS);
    this.releaseStatus = release(RELEASE_STATUS);
    this.releaseMemoryInfo = release(RELEASE_MEMORY_INFO);
    this.releaseValue = release(RELEASE_VALUE);
    this.releaseBinding = release(RELEASE_IO_BINDING);
    this.tensorData = checked(GET_TENSOR_MUTABLE_DATA, ADDRESS, ADDRESS);
    this.createMemoryInfo =
        checked(CREATE_MEMORY_INFO, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    this.free = checked(ALLOCATOR_FREE, ADDRESS, ADDRESS);
    this.runWithBinding = checked(RUN_WITH_BINDING, ADDRESS, ADDRESS, ADDRESS);
    this.createBinding = checked(CREATE_IO_BINDING, ADDRESS, ADDRESS);
    this.bindInput = checked(BIND_INPUT, ADDRESS, ADDRESS, ADDRESS);
    this.bindOutput = checked(BIND_OUTPUT_TO_DEVICE, ADDRESS, ADDRESS, ADDRESS);
    this.boundOutputs = checked(GET_BOUND_OUTPUT_VALUES, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    this.synchronizeInputs = checked(SYNCHRONIZE_BOUND_INPUTS, ADDRESS);
    this.synchronizeOutputs = checked(SYNCHRONIZE_BOUND_OUTPUTS, ADDRESS);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ADDRESS);
      call(checked(GET_DEFAULT_ALLOCATOR, ADDRESS), out);
      this.allocator = out.get(ADDRESS, 0);
    }
  }

  /** The interface of the library that is loaded; the Java interface must have been started. */
  static CInterface open() {
    return Holder.INSTANCE;
  }

  /** A kind of memory; the caller releases it. */
  MemorySegment createMemoryInfo(String name, int device) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ADDRESS);
      int deviceAllocator = 0; // OrtDeviceAllocator
      int usual = 0; // OrtMemTypeDefault
      call(createMemoryInfo, arena.allocateFrom(name), deviceAllocator, device, usual, out);
      return out.get(ADDRESS, 0);
    }
  }

  /** A binding for a session; the caller releases it. */
  MemorySegment createBinding(MemorySegment session) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ADDRESS);
      call(createBinding, session, out);
      return out.get(ADDRESS, 0);
    }
  }

  /** An input on another device than the session's is copied there. */
  void bindInput(MemorySegment binding, String name, MemorySegment value) {
    try (Arena arena = Arena.ofConfined()) {
      call(bindInput, binding, arena.allocateFrom(name), value);
    }
  }

  void bindOutput(MemorySegment binding, String name, MemorySegment memoryInfo) {
    try (Arena arena = Arena.ofConfined()) {
      call(bindOutput, binding, arena.allocateFrom(name), memoryInfo);
    }
  }

  /** Runs, and waits until the device is done. */
  void run(MemorySegment session, MemorySegment binding) {
    call(synchronizeInputs, binding);
    call(runWithBinding, session, MemorySegment.NULL, binding);
    call(synchronizeOutputs, binding);
  }

  /** What the last run gave, in the order in which outputs were bound; the caller releases them. */
  MemorySegment[] outputs(MemorySegment binding) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ADDRESS);
      MemorySegment count = arena.allocate(JAVA_LONG);
      call(boundOutputs, binding, allocator, out, count);
      int values = Math.toIntExact(count.get(JAVA_LONG, 0));
      MemorySegment list = out.get(ADDRESS, 0).reinterpret(values * ADDRESS.byteSize());
      MemorySegment[] outputs = new MemorySegment[values];
      for (int i = 0; i < values; i++) {
        outputs[i] = list.getAtIndex(ADDRESS, i);
      }
      call(free, allocator, list);
      return outputs;
    }
  }

  /** The memory of a tensor that lies in the processor's. */
  MemorySegment data(MemorySegment value, long bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ADDRESS);
      call(tensorData, value, out);
      return out.get(ADDRESS, 0).reinterpret(bytes);
    }
  }

  void releaseMemoryInfo(MemorySegment info) {
    invoke(releaseMemoryInfo, info);
  }

  void releaseValue(MemorySegment value) {
    invoke(releaseValue, value);
  }

  void releaseBinding(MemorySegment binding) {
    invoke(releaseBinding, binding);
  }

  /** A function that gives a status, null if all went well. */
  private void call(MethodHandle function, Object... arguments) {
    MemorySegment status = (MemorySegment) invoke(function, arguments);
    if (status.address() == 0) {
      return;
    }
    MemorySegment text = (MemorySegment) invoke(errorMessage, status);
    String message = text.reinterpret(4096).getString(0);
    invoke(releaseStatus, status);
    throw new InferenceException("ONNX Runtime: " + message, null);
  }

  private static Object invoke(MethodHandle function, Object... arguments) {
    try {
      return function.invokeWithArguments(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private MethodHandle checked(int number, MemoryLayout... arguments) {
    return direct(number, ADDRESS, arguments);
  }

  private MethodHandle direct(int number, MemoryLayout result, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(function(table, number), FunctionDescriptor.of(result, arguments));
  }

  private MethodHandle release(int number) {
    return Linker.nativeLinker()
        .downcallHandle(function(table, number), FunctionDescriptor.ofVoid(ADDRESS));
  }

  private static MemorySegment function(MemorySegment table, int number) {
    return table.getAtIndex(ADDRESS, number);
  }

  /**
   * Keeps the process' environment alive, once and for good: the Java interface lets go of it in a
   * shutdown hook, and a run that begins after that, of a draft that is still allowed to end, reads
   * freed memory.
   */
  static void holdEnvironment() {
    if (NativeLibraries.folder().isEmpty()) {
      return; // unpacked elsewhere by the Java interface
    }
    MethodHandle createEnvironment =
        Linker.nativeLinker()
            .downcallHandle(
                function(table(), CREATE_ENV),
                FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS, ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      // It exists, so another reference to it comes back and nothing of this is used.
      MemorySegment status =
          (MemorySegment)
              invoke(
                  createEnvironment,
                  LOGGING_LEVEL_ERROR,
                  arena.allocateFrom("overread"),
                  arena.allocate(ADDRESS));
      if (status.address() != 0) {
        throw new InferenceException("ONNX Runtime: its environment can't be held", null);
      }
    }
  }

  private static MemorySegment table() {
    Path library = Path.of(NativeLibraries.folder(), System.mapLibraryName("onnxruntime"));
    SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
    MethodHandle base =
        Linker.nativeLinker()
            .downcallHandle(symbols.findOrThrow("OrtGetApiBase"), FunctionDescriptor.of(ADDRESS));
    MemorySegment entry = ((MemorySegment) invoke(base)).reinterpret(2 * ADDRESS.byteSize());
    MethodHandle getApi =
        Linker.nativeLinker()
            .downcallHandle(entry.get(ADDRESS, 0), FunctionDescriptor.of(ADDRESS, JAVA_INT));
    MemorySegment table = (MemorySegment) invoke(getApi, VERSION);
    if (table.address() == 0) {
      throw new InferenceException("ONNX Runtime has no C interface " + VERSION, null);
    }
    return table.reinterpret(FUNCTIONS * ADDRESS.byteSize());
  }

  /** Opened when it is first wanted. */
  private static final class Holder {
    private static final CInterface INSTANCE = new CInterface(table());
  }
}
