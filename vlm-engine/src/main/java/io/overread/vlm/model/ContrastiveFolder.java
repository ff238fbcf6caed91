package io.overread.vlm.model;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.image.ImagePreprocessor;
import io.overread.vlm.onnx.ExecutionProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A contrastive model's folder in the hub layout: {@code config.json}, {@code
 * preprocessor_config.json}, {@code tokenizer.json}, {@code tokenizer_config.json}, one {@code
 * onnx/modelSUFFIX.onnx}, and {@code overread.json} where it states digests and a calibration.
 */
public final class ContrastiveFolder {

  private static final String GRAPH = "model";
  private static final List<String> SMALL_FILES =
      List.of("config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json");

  private static final String SIGLIP = "siglip";
  private static final Set<String> FAMILIES =
      Set.of("clip", SIGLIP, "siglip2", "vision-text-dual-encoder");

  /** What the families' own configurations assume where the file is silent. */
  private static final Map<String, Integer> LENGTHS = Map.of("clip", 77, SIGLIP, 64, "siglip2", 64);

  private static final int OTHER_LENGTH = 512;

  private final Path folder;
  private final FolderDigests digests;
  private final String modelType;
  private final ImagePreprocessor preprocessor;
  private final Path graph;
  private final int longestText;
  private final ContrastiveSizes sizes;

  private ContrastiveFolder(
      Path folder, FolderDigests digests, ModelJson config, Path graph, String modelType) {
    this.folder = folder;
    this.digests = digests;
    this.modelType = modelType;
    this.graph = graph;
    this.preprocessor =
        PreprocessorFile.read(ModelJson.read(folder.resolve("preprocessor_config.json")));
    this.longestText = longestText(config, modelType);
    this.sizes = ContrastiveSizes.of(config, longestText);
  }

  /** Whether {@code config.json} names one of the contrastive families. */
  public static boolean is(Path folder) {
    Path config = folder.resolve("config.json");
    return Files.isRegularFile(config)
        && FAMILIES.contains(String.valueOf(ModelJson.read(config).text("model_type")));
  }

  /**
   * Reads the small files and chooses the graph; opens none.
   *
   * @throws ModelFormatException naming the file or field at fault
   */
  public static ContrastiveFolder read(Path folder, ExecutionProvider provider) {
    ModelJson config = ModelJson.read(folder.resolve("config.json"));
    String modelType = config.text("model_type");
    if (modelType == null || !FAMILIES.contains(modelType)) {
      throw config.malformed(
          "model_type", modelType + " is no contrastive family; those are " + FAMILIES);
    }
    boolean described = Files.exists(folder.resolve(ModelManifest.FILE));
    ModelManifest manifest = ModelManifest.in(folder);
    Path graph = GraphFiles.choose(folder, manifest, GRAPH, provider);
    List<String> used = new ArrayList<>(GraphFiles.names(folder, List.of(graph)));
    for (String name : SMALL_FILES) {
      if (Files.isRegularFile(folder.resolve(name))) {
        used.add(name);
      }
    }
    FolderDigests digests = new FolderDigests(folder, manifest, described, used);
    return new ContrastiveFolder(folder, digests, config, graph, modelType);
  }

  /** The hub's name of the family. */
  public String modelType() {
    return modelType;
  }

  /** Whether each pair of image and text has a probability of its own, as in SigLIP. */
  public boolean judgesPairs() {
    return modelType.startsWith(SIGLIP);
  }

  /** The graph to run. */
  public Path graph() {
    return graph;
  }

  /** What {@code preprocessor_config.json} asks for. */
  public ImagePreprocessor preprocessor() {
    return preprocessor;
  }

  /** From log odds to probabilities, by a finding's question; as they come unless stated. */
  public Calibration calibration() {
    return digests.manifest().calibration();
  }

  /** {@code tokenizer.json}. */
  public Path tokenizerFile() {
    return folder.resolve(TokenizerFiles.TOKENIZER);
  }

  /** The longest text, its special tokens included, in tokens. */
  public int longestText() {
    return longestText;
  }

  /** How large it is. */
  public ContrastiveSizes sizes() {
    return sizes;
  }

  /** The token that fills short texts up, as it is spelt; null where none is named. */
  public @Nullable String padToken() {
    Path file = folder.resolve("tokenizer_config.json");
    return TokenizerFiles.constants(Files.isRegularFile(file) ? ModelJson.read(file) : null)
        .get("pad_token");
  }

  /**
   * What {@code overread.json} says, or would say, with the digests of the files as they are.
   *
   * @throws ModelFormatException if the one that is there can't be read
   */
  public ObjectNode describe() {
    Path stated = folder.resolve(ModelManifest.FILE);
    ObjectNode description =
        Files.isRegularFile(stated) && ModelJson.read(stated).node() instanceof ObjectNode object
            ? object.deepCopy()
            : JsonMapper.shared()
                .createObjectNode()
                .put("name", identity().name())
                .put("version", identity().version());
    ObjectNode files = description.putObject("files");
    digests.used().forEach(name -> files.put(name, ModelFiles.sha256(folder.resolve(name))));
    return description;
  }

  /** Whether {@code overread.json} states digests. */
  public boolean statesDigests() {
    return digests.described();
  }

  /** Reads every file and compares it with {@code overread.json}; empty when all is as stated. */
  public List<ModelFault> compareDigests() {
    return digests.compare();
  }

  /** The model's identity; reads every file where {@code overread.json} does not state digests. */
  public ModelIdentity identity() {
    return digests.identity();
  }

  private static int longestText(ModelJson config, String modelType) {
    ModelJson text = config.object("text_config");
    OptionalInt stated =
        text == null ? OptionalInt.empty() : text.integer("max_position_embeddings");
    int length = stated.orElse(LENGTHS.getOrDefault(modelType, OTHER_LENGTH));
    if (length < 2 || length > OTHER_LENGTH * 16) {
      throw config.malformed("text_config: max_position_embeddings", "not acceptable: " + length);
    }
    return length;
  }
}
