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
 * The graphs that are run; {@code genai_config.json} may call them otherwise.
 *
 * @param visionEncoder {@code onnx/vision_encoderSUFFIX.onnx}
 * @param tokenEmbedding {@code onnx/embed_tokensSUFFIX.onnx}
 * @param decoder {@code onnx/decoder_model_mergedSUFFIX.onnx}
 * @param promptEncoder {@code onnx/encoder_modelSUFFIX.onnx}, of the few families that have one
 */
public record GraphFiles(
    Path visionEncoder, Path tokenEmbedding, Path decoder, @Nullable Path promptEncoder) {

  private static final String FOLDER = "onnx";

  /** What exports of Phi-3.5 vision call an embedding that joins text and image itself. */
  static final String JOINING = "prepare_inputs_embeds";

  /** Half precision only adds casts on a processor. */
  private static final List<String> CPU_ORDER =
      List.of("_int8", "_quantized", "_uint8", "_q4", "", "_fp16", "_q4f16", "_bnb4");

  private static final List<String> GPU_ORDER =
      List.of("_fp16", "", "_q4f16", "_q4", "_bnb4", "_int8", "_quantized", "_uint8");

  static GraphFiles choose(Path folder, ModelManifest manifest, ExecutionProvider provider) {
    boolean prepared = find(folder, manifest, JOINING, order(provider)) != null;
    return new GraphFiles(
        choose(folder, manifest, "vision_encoder", provider),
        choose(folder, manifest, prepared ? JOINING : "embed_tokens", provider),
        choose(folder, manifest, prepared ? "model" : "decoder_model_merged", provider),
        find(folder, manifest, "encoder_model", order(provider)));
  }

  /** The file of one graph, in the first form that there is, the provider's best one first. */
  static Path choose(
      Path folder, ModelManifest manifest, String graph, ExecutionProvider provider) {
    Path file = find(folder, manifest, graph, order(provider));
    if (file == null) {
      String suffix = suffixes(manifest, graph, order(provider)).getFirst();
      throw new ModelFormatException(
          FOLDER + "/" + graph + suffix + ".onnx", "the file is missing");
    }
    return file;
  }

  private static List<String> order(ExecutionProvider provider) {
    return provider == ExecutionProvider.CPU ? CPU_ORDER : GPU_ORDER;
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
    List<Path> graphs = new ArrayList<>(List.of(visionEncoder, tokenEmbedding, decoder));
    if (promptEncoder != null) {
      graphs.add(promptEncoder);
    }
    return names(folder, graphs);
  }

  static List<String> names(Path folder, List<Path> graphs) {
    List<String> names = new ArrayList<>();
    for (Path graph : graphs) {
      String name = String.valueOf(graph.getFileName());
      names.add(below(folder, graph));
      try (Stream<Path> beside = Files.list(graph.resolveSibling("."))) {
        beside
            .filter(path -> isDataOf(name, String.valueOf(path.getFileName())))
            .map(path -> below(folder, path.normalize()))
            .forEach(names::add);
      } catch (IOException e) {
        throw new ModelFormatException(name, "its folder cannot be listed: " + e.getMessage(), e);
      }
    }
    return names;
  }

  /** Whether a file holds weights of a graph, by the names that the two layouts give them. */
  static boolean isDataOf(String graph, String file) {
    return file.startsWith(graph + "_data") || file.equals(graph + ".data");
  }

  private static String below(Path folder, Path file) {
    return folder.normalize().relativize(file.normalize()).toString().replace('\\', '/');
  }
}
