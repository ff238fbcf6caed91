package io.overread.vlm.model;

import io.overread.vlm.failure.ModelFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a folder is and what it lacks, told before anything of it is loaded.
 *
 * @param kind which layout it has
 * @param family the hub's {@code model_type}; empty where no file says so
 * @param missing what a folder of this kind must hold and this one doesn't, one name each
 * @param weightBytes size of its graphs with the weights beside them, of each graph in its largest
 *     form; about what the loaded model takes before it reads an image
 * @param cacheBytesPerToken what the key/value cache takes for each token of a prompt in single
 *     precision, 0 where the configuration doesn't say or there is no cache
 * @param context tokens of the longest prompt that the model takes, 0 if not stated
 */
public record FolderSurvey(
    Kind kind,
    String family,
    List<String> missing,
    long weightBytes,
    long cacheBytesPerToken,
    int context) {

  private static final String CONFIG = "config.json";
  private static final String OPEN_CLIP = "open_clip_config.json";

  /** Which layout a folder has. */
  public enum Kind {
    /** A vision-language model as the hub's ONNX exports hold it. */
    HUB("vision-language model in the hub layout"),
    /** A contrastive model as the hub's ONNX exports hold it. */
    CONTRASTIVE("contrastive model in the hub layout"),
    /** A model described by {@code genai_config.json}. */
    GENAI("model in the layout of onnxruntime-genai"),
    /** Weights of a training framework, which have no graph. */
    CHECKPOINT("Hugging Face checkpoint without ONNX graphs: export it with 'model import'"),
    /** Nothing of these. */
    UNKNOWN("no model folder that the engine knows");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** As a person would say it. */
    public String words() {
      return words;
    }
  }

  /** Keeps its own copy. */
  public FolderSurvey {
    missing = List.copyOf(missing);
  }

  /**
   * Looks at names, sizes and {@code config.json}.
   *
   * @throws ModelFormatException if there is no such folder, or a file of it can't be read
   */
  public static FolderSurvey of(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new ModelFormatException(String.valueOf(folder), "no such folder");
    }
    Kind kind = kind(folder);
    ModelJson config = config(folder);
    String type = config == null ? null : config.text("model_type");
    ModelJson stated = config == null ? null : config.object("text_config");
    ModelJson text = stated == null ? config : stated;
    return new FolderSurvey(
        kind,
        type == null ? "" : type,
        missing(folder, kind),
        weightBytes(folder),
        text == null || kind == Kind.CONTRASTIVE ? 0 : cacheBytesPerToken(text),
        text == null ? 0 : text.integer("max_position_embeddings").orElse(0));
  }

  /** About how much memory it takes with so many tokens cached, in bytes. */
  public long bytesNeeded(int tokens) {
    return weightBytes + cacheBytesPerToken * tokens;
  }

  private static @Nullable ModelJson config(Path folder) {
    Path file = folder.resolve(CONFIG);
    ModelJson hub = Files.isRegularFile(file) ? ModelJson.read(file) : null;
    GenAiConfig genAi = GenAiConfig.in(folder);
    return genAi == null ? hub : genAi.asHub(hub);
  }

  private static Kind kind(Path folder) {
    if (Files.isRegularFile(folder.resolve(GenAiConfig.FILE))) {
      return Kind.GENAI;
    }
    if (ContrastiveFolder.is(folder) && Files.isDirectory(folder.resolve("onnx"))) {
      return Kind.CONTRASTIVE;
    }
    if (Files.isDirectory(folder.resolve("onnx"))) {
      return Kind.HUB;
    }
    return isCheckpoint(folder) ? Kind.CHECKPOINT : Kind.UNKNOWN;
  }

  /** In the hub's layout, or in that of open_clip, which has pickled weights too. */
  private static boolean isCheckpoint(Path folder) {
    boolean openClip = Files.isRegularFile(folder.resolve(OPEN_CLIP));
    boolean weights =
        names(folder).stream()
            .anyMatch(
                name ->
                    name.endsWith(".safetensors")
                        || name.endsWith(".safetensors.index.json")
                        || (openClip && name.endsWith(".bin")));
    return weights && (openClip || Files.isRegularFile(folder.resolve(CONFIG)));
  }

  private static List<String> missing(Path folder, Kind kind) {
    List<String> missing = new ArrayList<>();
    switch (kind) {
      case HUB -> {
        require(missing, folder, CONFIG);
        require(missing, folder, "preprocessor_config.json", "processor_config.json");
        require(missing, folder, "tokenizer.json");
        requireGraph(missing, folder, "vision_encoder");
        boolean prepared = hasGraph(folder, GraphFiles.JOINING);
        requireGraph(missing, folder, prepared ? GraphFiles.JOINING : "embed_tokens");
        requireGraph(missing, folder, prepared ? "model" : "decoder_model_merged");
      }
      case CONTRASTIVE -> {
        require(missing, folder, "preprocessor_config.json");
        require(missing, folder, "tokenizer.json");
        require(missing, folder, "tokenizer_config.json");
        requireGraph(missing, folder, "model");
      }
      case GENAI -> {
        require(missing, folder, "tokenizer.json");
        require(missing, folder, "preprocessor_config.json", "processor_config.json");
        GenAiConfig genAi = GenAiConfig.in(folder);
        if (genAi != null) {
          genAi.graphNames().forEach(name -> require(missing, folder, name));
        }
      }
      case CHECKPOINT -> missing.add("onnx/");
      case UNKNOWN -> {
        require(missing, folder, CONFIG);
        missing.add("onnx/");
      }
    }
    return missing;
  }

  /** One of the names must be there; the first is named. */
  private static void require(List<String> missing, Path folder, String... names) {
    if (Stream.of(names).noneMatch(name -> Files.isRegularFile(folder.resolve(name)))) {
      missing.add(names[0]);
    }
  }

  private static void requireGraph(List<String> missing, Path folder, String graph) {
    if (!hasGraph(folder, graph)) {
      missing.add("onnx/" + graph + ".onnx");
    }
  }

  private static boolean hasGraph(Path folder, String graph) {
    return names(folder.resolve("onnx")).stream()
        .anyMatch(name -> name.startsWith(graph) && name.endsWith(".onnx"));
  }

  /** Of each graph the largest form, since which is run depends on where it runs. */
  private static long weightBytes(Path folder) {
    Path graphs = Files.isDirectory(folder.resolve("onnx")) ? folder.resolve("onnx") : folder;
    List<String> files = names(graphs);
    Map<String, Long> largest = new HashMap<>();
    for (String name : files) {
      if (name.endsWith(".onnx")) {
        long bytes =
            files.stream()
                .filter(other -> other.equals(name) || GraphFiles.isDataOf(name, other))
                .mapToLong(other -> size(graphs.resolve(other)))
                .sum();
        largest.merge(stem(name), bytes, Math::max);
      }
    }
    return largest.values().stream().mapToLong(Long::longValue).sum();
  }

  /** A graph's name without the suffix that tells its number format. */
  private static String stem(String file) {
    String name = file.substring(0, file.length() - ".onnx".length());
    return name.replaceFirst("_(fp16|int8|uint8|quantized|q4|q4f16|bnb4)$", "");
  }

  private static long cacheBytesPerToken(ModelJson text) {
    int layers = text.integer("num_hidden_layers").orElse(0);
    int heads = text.integer("num_attention_heads").orElse(0);
    int keyHeads = text.integer("num_key_value_heads").orElse(heads);
    int hidden = text.integer("hidden_size").orElse(0);
    int dimension = text.integer("head_dim").orElse(heads > 0 ? hidden / heads : 0);
    return 2L * layers * keyHeads * dimension * Float.BYTES;
  }

  private static List<String> names(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .sorted(Comparator.naturalOrder())
          .toList();
    } catch (IOException e) {
      throw new ModelFormatException(
          String.valueOf(folder.getFileName()), "cannot be listed: " + e.getMessage(), e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return kind.words()
        + (family.isEmpty() ? "" : " (" + family + ")")
        + String.format(Locale.ROOT, ", graphs of %.1f MB", weightBytes / 1e6);
  }
}
