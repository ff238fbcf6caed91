package io.overread.vlm.model;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.onnx.ExecutionProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The graphs that are run.
 *
 * @param visionEncoder {@code onnx/vision_encoderSUFFIX.onnx}
 * @param tokenEmbedding {@code onnx/embed_tokensSUFFIX.onnx}
 * @param decoder {@code onnx/decoder_model_mergedSUFFIX.onnx}
 * @param promptEncoder {@code onnx/encoder_modelSUFFIX.onnx}, of the few families that have one
 */
public record GraphFiles(
    Path visionEncoder, Path tokenEmbedding, Path decoder, @Nullable Path promptEncoder) {

  private static final String FOLDER = "onnx";

  /** Half precision only adds casts on a processor. */
  private static final List<String> CPU_ORDER =
      List.of("_int8", "_quantized", "_uint8", "_q4", "", "_fp16", "_q4f16", "_bnb4");

  private static final List<String> GPU_ORDER =
      List.of("_fp16", "", "_q4f16", "_q4", "_bnb4", "_int8", "_quantized", "_uint8");

  static GraphFiles choose(Path folder, ModelManifest manifest, ExecutionProvider provider) {
    List<String> order = provider == ExecutionProvider.CPU ? CPU_ORDER : GPU_ORDER;
    return new GraphFiles(
        choose(folder, manifest, "vision_encoder", order),
        choose(folder, manifest, "embed_tokens", order),
        choose(folder, manifest, "decoder_model_merged", order),
        find(folder, manifest, "encoder_model", order));
  }

  private static Path choose(
      Path folder, ModelManifest manifest, String graph, List<String> order) {
    Path file = find(folder, manifest, graph, order);
    if (file == null) {
      String suffix = suffixes(manifest, graph, order).getFirst();
      throw new ModelFormatException(
          FOLDER + "/" + graph + suffix + ".onnx", "the file is missing");
    }
    return file;
  }

  private static @Nullable Path find(
      Path folder, ModelManifest manifest, String graph, List<String> order) {
    for (String suffix : suffixes(manifest, graph, order)) {
      Path file = folder.resolve(FOLDER).resolve(graph + suffix + ".onnx");
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return null;
  }

  private static List<String> suffixes(ModelManifest manifest, String graph, List<String> order) {
    String stated = manifest.suffixes().get(graph);
    return stated == null ? order : List.of(stated);
  }

  /** The graphs and the files of weights that lie beside them, as paths below the folder. */
  List<String> names(Path folder) {
    List<String> names = new ArrayList<>();
    List<Path> graphs = new ArrayList<>(List.of(visionEncoder, tokenEmbedding, decoder));
    if (promptEncoder != null) {
      graphs.add(promptEncoder);
    }
    for (Path graph : graphs) {
      String prefix = graph.getFileName() + "_data";
      names.add(FOLDER + "/" + graph.getFileName());
      try (Stream<Path> beside = Files.list(folder.resolve(FOLDER))) {
        beside
            .map(path -> String.valueOf(path.getFileName()))
            .filter(name -> name.startsWith(prefix))
            .map(name -> FOLDER + "/" + name)
            .forEach(names::add);
      } catch (IOException e) {
        throw new ModelFormatException(FOLDER, "cannot be listed: " + e.getMessage(), e);
      }
    }
    return names;
  }
}
