package io.overread.vlm.model;

import io.overread.vlm.failure.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The model that lies in the jar, copied out so that ONNX Runtime can map it into memory. */
public final class ShippedModel {

  private static final String ROOT = "/overread-model/";

  private ShippedModel() {}

  /** Whether this build carries a model. */
  public static boolean isPresent() {
    return ShippedModel.class.getResource(ROOT + ModelManifest.FILE) != null;
  }

  /**
   * Copies the model to a folder named after its digest, unless it is there already.
   *
   * @param parent where that folder lies; made if absent
   * @return the model's folder, complete
   * @throws ModelFormatException if the jar lacks a file or holds another than stated
   */
  public static Path extractTo(Path parent) {
    return extractTo(parent, ROOT);
  }

  static Path extractTo(Path parent, String root) {
    byte[] manifestBytes = read(root, ModelManifest.FILE);
    ModelManifest manifest = ModelManifest.of(ModelJson.parse(ModelManifest.FILE, manifestBytes));
    Map<String, String> digests = new TreeMap<>(manifest.files());
    digests.put(ModelManifest.FILE, ModelFiles.sha256(manifestBytes));
    Path target = parent.resolve(ModelFiles.combined(digests));
    try {
      if (complete(target, digests)) {
        return target;
      }
      Files.createDirectories(parent);
      Path partial = Files.createTempDirectory(parent, "unpacking");
      try {
        for (Map.Entry<String, String> file : digests.entrySet()) {
          copy(root, partial, file.getKey(), file.getValue());
        }
        moveInto(partial, target);
      } finally {
        delete(partial);
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack the model to " + target, e);
    }
  }

  /** Loading compares the digests; here only a lost file makes it unpack again. */
  private static boolean complete(Path target, Map<String, String> digests) {
    return digests.keySet().stream()
        .allMatch(name -> Files.isRegularFile(ModelFiles.resolve(target, name, "files")));
  }

  private static void moveInto(Path partial, Path target) throws IOException {
    delete(target);
    try {
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(partial, target);
    }
  }

  private static void copy(String root, Path folder, String name, String stated)
      throws IOException {
    Path target = ModelFiles.resolve(folder, name, ModelManifest.FILE + ": files");
    Files.createDirectories(target.getParent());
    try (InputStream in = open(root, name)) {
      Files.copy(in, target);
    }
    if (!ModelFiles.sha256(target).equals(stated)) {
      throw new ModelFormatException(name, "its SHA-256 in the jar is not the one stated");
    }
  }

  private static byte[] read(String root, String name) {
    try (InputStream in = open(root, name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + root + name, e);
    }
  }

  private static InputStream open(String root, String name) {
    InputStream in = ShippedModel.class.getResourceAsStream(root + name);
    if (in == null) {
      throw new ModelFormatException(name, "not in the jar");
    }
    return in;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(folder)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
