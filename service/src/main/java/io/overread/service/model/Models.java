package io.overread.service.model;

import io.overread.gateway.triage.Triage;
import io.overread.gateway.triage.TriageDecision;
import io.overread.service.settings.EngineProperties;
import io.overread.service.settings.OverreadSettings;
import io.overread.vlm.EngineSettings;
import io.overread.vlm.OnnxModel;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.onnx.OnnxRuntime;
import io.overread.vlm.remote.RemoteModel;
import io.overread.vlm.remote.RemoteSettingsFile;
import jakarta.annotation.PreDestroy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The models that are loaded: the one that drafts where no rule says otherwise, and further ones.
 * By name for people and rules, by digest for what was recorded.
 */
@Component
public class Models {
  /** As long as requests may take to end after a stop (application.yaml). */
  private static final Duration STOP = Duration.ofSeconds(20);

  private static final Logger LOG = LoggerFactory.getLogger(Models.class);

  private final VisionLanguageModel standard;
  private final Triage triage;
  private final Map<String, VisionLanguageModel> byName = new LinkedHashMap<>();
  private final List<VisionLanguageModel> further = new ArrayList<>();
  private final List<VisionLanguageModel> shadows;
  private final ContrastiveModels contrastive;

  Models(
      VisionLanguageModel standard,
      ModelProperties properties,
      ContrastiveProperties contrastive,
      OverreadSettings settings,
      EngineProperties engine,
      Triage triage) {
    this.standard = standard;
    this.triage = triage;
    byName.put(standard.identity().name(), standard);
    OnnxRuntime.letWorkEnd(STOP);
    EngineSettings here = engine.settings(settings.home().resolve("native"));
    try {
      for (Path path : properties.further()) {
        load(path, here);
      }
      this.shadows = properties.shadow().stream().map(this::named).toList();
      this.contrastive = new ContrastiveModels(contrastive, here, byName.keySet());
    } catch (RuntimeException e) {
      closeFurther();
      throw e;
    }
  }

  private void load(Path path, EngineSettings engine) {
    VisionLanguageModel model = open(path, engine);
    further.add(model);
    LOG.info("{} on {}, beside the one that drafts", model.identity(), model.runsOn());
    if (byName.putIfAbsent(model.identity().name(), model) != null) {
      throw new IllegalStateException(
          "two models are called " + model.identity().name() + ": rules could not tell them apart");
    }
  }

  private VisionLanguageModel named(String name) {
    VisionLanguageModel model = byName.get(name);
    if (model == null) {
      throw new IllegalStateException("overread.models.shadow: no model is called " + name);
    }
    return model;
  }

  /** Loads a folder, or opens the remote model of a settings file. */
  public static VisionLanguageModel open(Path path, EngineSettings engine) {
    return RemoteSettingsFile.is(path)
        ? RemoteModel.open(RemoteSettingsFile.read(path))
        : OnnxModel.load(path, engine);
  }

  /** Which model drafts a study and answers about it. */
  public sealed interface Choice {}

  /** This one. */
  public record Chosen(VisionLanguageModel model) implements Choice {}

  /** One that a rule names and that is not loaded any more. */
  public record NotLoaded(String name) implements Choice {

    /** In a sentence for people. */
    public String reason() {
      return "A rule asks for the model '" + name + "', which is not loaded.";
    }
  }

  /** Chooses by the rule that held of the study's newest revision. */
  public Choice forStudy(String studyInstanceUid) {
    Optional<String> byRule = triage.latest(studyInstanceUid).map(TriageDecision::model);
    if (byRule.isEmpty()) {
      return new Chosen(standard);
    }
    VisionLanguageModel model = byName.get(byRule.get());
    return model == null ? new NotLoaded(byRule.get()) : new Chosen(model);
  }

  /** The contrastive model that scores findings beside this one. */
  public Optional<Beside> beside(VisionLanguageModel model) {
    return contrastive.beside(model.identity().name());
  }

  /** The contrastive models. */
  public List<Beside> contrastive() {
    return contrastive.all();
  }

  /** The most memory that a draft of this study may take, in bytes. */
  public long draftBytes(String studyInstanceUid) {
    return forStudy(studyInstanceUid) instanceof Chosen(VisionLanguageModel model)
        ? draftBytes(model)
        : 0;
  }

  /** The most memory that a draft of any model may take, in bytes. */
  public long mostDraftBytes() {
    return all().stream().mapToLong(this::draftBytes).max().orElse(0);
  }

  private long draftBytes(VisionLanguageModel model) {
    return model.answerBytes() + beside(model).map(contrastive::runBytes).orElse(0L);
  }

  /** The loaded model with this digest. */
  public Optional<VisionLanguageModel> withDigest(String digest) {
    return byName.values().stream()
        .filter(model -> model.identity().digest().equals(digest))
        .findFirst();
  }

  /** Those that draft silently. */
  public List<VisionLanguageModel> shadows() {
    return shadows;
  }

  /** All of them, the one that drafts where no rule says otherwise first. */
  public List<VisionLanguageModel> all() {
    return List.copyOf(byName.values());
  }

  /** Their names, which rules may state. */
  public Set<String> names() {
    return Set.copyOf(byName.keySet());
  }

  /** The standard model belongs to whoever made it. */
  @PreDestroy
  void close() {
    contrastive.close();
    closeFurther();
  }

  private void closeFurther() {
    further.forEach(VisionLanguageModel::close);
  }
}
