package io.overread.service.model;

import io.overread.service.model.ContrastiveProperties.Entry;
import io.overread.vlm.EngineSettings;
import io.overread.vlm.contrastive.ContrastiveModel;
import io.overread.vlm.contrastive.ZeroShotBattery;
import io.overread.vlm.failure.EngineException;
import io.overread.vlm.failure.PromptTooLongException;
import io.overread.vlm.finding.Finding;
import io.overread.vlm.finding.FindingCatalogue;
import io.overread.vlm.finding.FindingCatalogues;
import io.overread.vlm.model.ContrastiveFolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The contrastive models that are loaded, and beside which model that drafts each of them scores
 * findings. What an administrator set wrongly is told at the start, by the name of the setting.
 */
final class ContrastiveModels implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ContrastiveModels.class);

  private final List<Finding> findings =
      FindingCatalogues.shipped().all().stream()
          .map(FindingCatalogue::findings)
          .flatMap(List::stream)
          .toList();
  private final List<Beside> all = new ArrayList<>();
  private final Map<String, Beside> byDraftingModel = new LinkedHashMap<>();
  private @Nullable Beside otherwise;

  /**
   * Loads them.
   *
   * @param drafting names of the models that may draft
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  ContrastiveModels(ContrastiveProperties properties, EngineSettings engine, Set<String> drafting) {
    try {
      for (int i = 0; i < properties.models().size(); i++) {
        add("OVERREAD_CONTRASTIVE_MODELS_" + i, properties.models().get(i), engine, drafting);
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void add(String setting, Entry entry, EngineSettings engine, Set<String> drafting) {
    Beside beside = new Beside(load(setting, entry, engine), entry.weight());
    all.add(beside);
    requireUsable(setting, beside);
    for (String name : entry.beside()) {
      if (!drafting.contains(name)) {
        throw wrong(setting + "_BESIDE", "no model is called " + name + "; there are " + drafting);
      }
      if (byDraftingModel.putIfAbsent(name, beside) != null) {
        throw wrong(setting + "_BESIDE", "two contrastive models are beside " + name);
      }
    }
    if (entry.beside().isEmpty()) {
      if (otherwise != null) {
        throw wrong(setting + "_BESIDE", "is missing, and so it is of another one");
      }
      otherwise = beside;
    }
    LOG.info(
        "{} on {}, scoring findings beside {} with weight {}",
        beside.model().identity(),
        beside.model().runsOn(),
        entry.beside().isEmpty() ? "every model" : entry.beside(),
        entry.weight());
  }

  private static ContrastiveModel load(String setting, Entry entry, EngineSettings engine) {
    try {
      if (!ContrastiveFolder.is(entry.folder())) {
        throw wrong(setting + "_FOLDER", entry.folder() + " holds no contrastive model");
      }
      return ContrastiveModel.load(entry.folder(), engine);
    } catch (EngineException e) {
      throw new IllegalArgumentException(
          setting + "_FOLDER: " + entry.folder() + ": " + e.getMessage(), e);
    }
  }

  private void requireUsable(String setting, Beside beside) {
    try {
      beside.model().requireReadable(ZeroShotBattery.sentences(findings));
    } catch (PromptTooLongException e) {
      throw new IllegalArgumentException(
          setting + "_FOLDER: it can't read every sentence of the catalogues: " + e.getMessage(),
          e);
    }
    if (beside.weight() > 0
        && findings.stream()
            .noneMatch(each -> beside.model().calibration().isFittedFor(each.question()))) {
      throw wrong(
          setting + "_WEIGHT",
          beside.model().identity().name()
              + " has no calibration for any finding, so its scores are no probabilities and can't"
              + " be joined with others: fit one (evaluate --contrastive FOLDER --fit FILE), or"
              + " leave the weight 0, which shows its scores");
    }
  }

  private static IllegalArgumentException wrong(String setting, String problem) {
    return new IllegalArgumentException(setting + ": " + problem);
  }

  /** The one beside this model. */
  Optional<Beside> beside(String draftingModel) {
    return Optional.ofNullable(byDraftingModel.getOrDefault(draftingModel, otherwise));
  }

  /** All of them, in the order of the settings. */
  List<Beside> all() {
    return List.copyOf(all);
  }

  /** The most memory that one takes beside its weights, in bytes. */
  long runBytes(Beside beside) {
    return beside.model().runBytes(2 * findings.size());
  }

  @Override
  public void close() {
    all.forEach(beside -> beside.model().close());
  }
}
