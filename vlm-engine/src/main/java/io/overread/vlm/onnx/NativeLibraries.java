package io.overread.vlm.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks ONNX Runtime's libraries once, into a folder that stays. Left to itself the runtime
 * copies them to the temporary folder at every start, and leaves them there after a kill.
 */
final class NativeLibraries {

  private static final String PATH_PROPERTY = "onnxruntime.native.path";

  private NativeLibraries() {}

  /**
   * Must run before the first class of ONNX Runtime is initialised. Respects a path set from
   * outside.
   */
  static void unpack(Path nativeFolder) {
    if (System.getProperty(PATH_PROPERTY) != null) {
      return;
    }
    String platform = platform();
    Path target = nativeFolder.resolve("onnxruntime").resolve(platform);
    boolean complete = true;
    for (String library : libraries(platform)) {
      URL resource = resource(platform, library);
      if (resource == null) {
        complete = false;
      } else {
        copy(resource, target.resolve(library));
      }
    }
    for (String library : providers(platform)) {
      URL resource = resource(platform, library);
      if (resource != null) {
        copy(resource, target.resolve(library));
      }
    }
    if (complete) {
      System.setProperty(PATH_PROPERTY, target.toAbsolutePath().toString());
    }
  }

  /** Where the loaded libraries lie. */
  static String folder() {
    return System.getProperty(PATH_PROPERTY, "");
  }

  private static void copy(URL resource, Path target) {
    try {
      URLConnection connection = resource.openConnection();
      connection.setUseCaches(false);
      try (InputStream in = connection.getInputStream()) {
        if (Files.exists(target) && Files.size(target) == connection.getContentLengthLong()) {
          return;
        }
        Files.createDirectories(target.getParent());
        Path partial = Files.createTempFile(target.getParent(), "unpacking", null);
        try {
          Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
          Files.move(
              partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
          Files.deleteIfExists(partial);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + target, e);
    }
  }

  private static @Nullable URL resource(String platform, String library) {
    // The class literal does not initialise the class, so nothing is loaded yet.
    return ai.onnxruntime.OrtEnvironment.class.getResource(
        "/ai/onnxruntime/native/" + platform + "/" + library);
  }

  private static List<String> libraries(String platform) {
    if (platform.startsWith("win")) {
      return List.of("onnxruntime.dll", "onnxruntime4j_jni.dll");
    }
    String suffix = platform.startsWith("osx") ? ".dylib" : ".so";
    return List.of("libonnxruntime" + suffix, "libonnxruntime4j_jni" + suffix);
  }

  /** What the GPU's jar has beside them, looked for in the same folder. */
  private static List<String> providers(String platform) {
    return platform.startsWith("win")
        ? List.of("onnxruntime_providers_shared.dll", "onnxruntime_providers_cuda.dll")
        : List.of("libonnxruntime_providers_shared.so", "libonnxruntime_providers_cuda.so");
  }

  private static String platform() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String system = os.contains("win") ? "win" : os.contains("mac") ? "osx" : "linux";
    boolean arm = arch.contains("aarch64") || arch.contains("arm64");
    return system + (arm ? "-aarch64" : "-x64");
  }
}
