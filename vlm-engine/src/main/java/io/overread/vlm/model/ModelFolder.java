package io.overread.vlm.model;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.image.ImagePreprocessor;
import io.overread.vlm.onnx.ExecutionProvider;
import io.overread.vlm.text.ChatTemplate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model's folder in the hub layout, its small files read. Nothing of it is trusted: sizes, depths
 * and names are bounded, and a complaint names the file at fault.
 */
public final class ModelFolder {

  private static final List<String> SMALL_FILES =
      List.of(
          "config.json",
          "generation_config.json",
          "preprocessor_config.json",
          "processor_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "chat_template.jinja",
          "chat_template.json");

  private final Path folder;
  private final boolean described;
  private final ModelManifest manifest;
  private final Settings settings;
  private final HubConfig config;
  private final GraphFiles graphs;

  private ModelFolder(
      Path folder,
      boolean described,
      ModelManifest manifest,
      Settings settings,
      GraphFiles graphs) {
    this.folder = folder;
    this.described = described;
    this.manifest = manifest;
    this.settings = settings;
    this.config = HubConfig.of(settings.config(), settings.generation());
    this.graphs = graphs;
  }

  /** Reads the small files and chooses the graphs; opens no graph. */
  public static ModelFolder read(Path folder, ExecutionProvider provider) {
    if (!Files.isDirectory(folder)) {
      throw new ModelFormatException(String.valueOf(folder), "no such folder");
    }
    boolean described = Files.exists(folder.resolve(ModelManifest.FILE));
    ModelManifest manifest =
        described
            ? ModelManifest.of(ModelJson.read(folder.resolve(ModelManifest.FILE)))
            : ModelManifest.absent(
                String.valueOf(folder.toAbsolutePath().normalize().getFileName()));
    Settings settings =
        new Settings(
            ModelJson.read(folder.resolve("config.json")),
            optional(folder, "generation_config.json"),
            preprocessor(folder),
            optional(folder, "processor_config.json"));
    return new ModelFolder(
        folder, described, manifest, settings, GraphFiles.choose(folder, manifest, provider));
  }

  /** What {@code overread.json} says, or what is assumed without it. */
  public ModelManifest manifest() {
    return manifest;
  }

  /** What {@code config.json} and {@code generation_config.json} say. */
  public HubConfig config() {
    return config;
  }

  /** What {@code preprocessor_config.json} asks for. */
  public ImagePreprocessor preprocessor() {
    return PreprocessorFile.read(settings.images());
  }

  /** The small files as they are, for what only one family states. */
  public Settings settings() {
    return settings;
  }

  /** The graphs to run. */
  public GraphFiles graphs() {
    return graphs;
  }

  /** {@code tokenizer.json}. */
  public Path tokenizerFile() {
    return folder.resolve(TokenizerFiles.TOKENIZER);
  }

  /**
   * The chat template, from whichever file holds it.
   *
   * @param otherwise the template of a family whose folders hold none; null refuses such a folder
   */
  public ChatTemplate chatTemplate(@Nullable String otherwise) {
    return TokenizerFiles.chatTemplate(
        folder, optional(folder, "tokenizer_config.json"), otherwise);
  }

  /** The token that starts every text, where the tokenizer names one. */
  public @Nullable String startToken() {
    return TokenizerFiles.constants(optional(folder, "tokenizer_config.json")).get("bos_token");
  }

  /** What text from outside must not spell. */
  public Set<String> specialTokens() {
    return TokenizerFiles.specialTokens(folder);
  }

  /**
   * Reads every file and compares it with {@code overread.json}.
   *
   * @return what differs, one sentence for each file; empty when all is as stated
   */
  public List<ModelFault> compareDigests() {
    List<ModelFault> faults = new ArrayList<>();
    manifest
        .files()
        .forEach(
            (name, stated) -> {
              Path file = ModelFiles.resolve(folder, name, ModelManifest.FILE + ": files");
              if (!Files.isRegularFile(file)) {
                faults.add(new ModelFault(name, "the file is missing"));
              } else if (!ModelFiles.sha256(file).equals(stated)) {
                faults.add(new ModelFault(name, "its SHA-256 is not the one stated"));
              }
            });
    if (described) {
      for (String used : usedFiles()) {
        if (!manifest.files().containsKey(used)) {
          faults.add(new ModelFault(used, "used, but not listed in " + ModelManifest.FILE));
        }
      }
    }
    return faults;
  }

  /** The model's identity; reads every file where {@code overread.json} does not state digests. */
  public ModelIdentity identity() {
    Map<String, String> digests = new TreeMap<>(manifest.files());
    if (described) {
      digests.put(ModelManifest.FILE, ModelFiles.sha256(folder.resolve(ModelManifest.FILE)));
    } else {
      for (String used : usedFiles()) {
        digests.put(used, ModelFiles.sha256(folder.resolve(used)));
      }
    }
    return new ModelIdentity(manifest.name(), manifest.version(), ModelFiles.combined(digests));
  }

  private List<String> usedFiles() {
    List<String> used = new ArrayList<>(graphs.names(folder));
    for (String name : SMALL_FILES) {
      if (Files.isRegularFile(folder.resolve(name))) {
        used.add(name);
      }
    }
    return used;
  }

  /** Newer hub folders keep it as one part of the processor's file. */
  private static ModelJson preprocessor(Path folder) {
    ModelJson processor = optional(folder, "processor_config.json");
    ModelJson nested = processor == null ? null : processor.object("image_processor");
    Path own = folder.resolve("preprocessor_config.json");
    return nested != null && !Files.exists(own) ? nested : ModelJson.read(own);
  }

  private static @Nullable ModelJson optional(Path folder, String name) {
    Path file = folder.resolve(name);
    return Files.isRegularFile(file) ? ModelJson.read(file) : null;
  }

  /**
   * The small files as they are.
   *
   * @param config {@code config.json}
   * @param generation {@code generation_config.json}, where there is one
   * @param images {@code preprocessor_config.json}, or that part of {@code processor_config.json}
   * @param processor {@code processor_config.json}, where there is one
   */
  public record Settings(
      ModelJson config,
      @Nullable ModelJson generation,
      ModelJson images,
      @Nullable ModelJson processor) {}
}
