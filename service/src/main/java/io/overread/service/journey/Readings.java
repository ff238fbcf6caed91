package io.overread.service.journey;

import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.render.FrameRenderer;
import io.overread.gateway.study.Study;
import io.overread.gateway.study.StudyLedger;
import io.overread.gateway.triage.Triage;
import io.overread.gateway.triage.TriageDecision;
import io.overread.reporting.text.PlainText;
import io.overread.service.journey.KeptEncodings.Kept;
import io.overread.service.model.Models;
import io.overread.service.schedule.ScheduleProperties;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.remote.RemoteModel;
import jakarta.annotation.PreDestroy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Studies as the model has read them: images and prompt prefix encoded once, then used for the
 * draft and for every question. Keeps the ones used last, up to a number of bytes; another is
 * encoded again when it is asked about.
 */
@Component
public class Readings {
  /** Choices of frames that are remembered; they hold no image. */
  private static final int MOST_CHOICES = 1_000;

  private final Models models;
  private final FrameEncoding encoding;
  private final StudyLedger ledger;
  private final StoredInstances instances;
  private final FrameSelection selection;
  private final Triage triage;
  private final KeptEncodings encodings;
  private final Map<Key, Choice> choices =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Choice> eldest) {
          return size() > MOST_CHOICES;
        }
      };

  Readings(
      Models models,
      FrameEncoding encoding,
      StudyLedger ledger,
      StoredInstances instances,
      FrameRenderer renderer,
      Triage triage,
      ScheduleProperties schedule) {
    this.models = models;
    this.encoding = encoding;
    this.ledger = ledger;
    this.instances = instances;
    this.triage = triage;
    this.encodings = new KeptEncodings(schedule.studyMemory().toBytes());
    this.selection = new FrameSelection(ledger, instances, renderer);
  }

  /**
   * Does something with the reading of the study as it is now by the model that drafts it; the
   * reading is kept at least as long.
   *
   * @throws UnreadableStudyException if it has no image that the model can be shown
   */
  public <T> T with(String studyInstanceUid, Function<Reading, T> work) {
    return with(studyInstanceUid, drafting(studyInstanceUid), work);
  }

  private VisionLanguageModel drafting(String studyInstanceUid) {
    return switch (models.forStudy(studyInstanceUid)) {
      case Models.Chosen(VisionLanguageModel model) -> model;
      case Models.NotLoaded(String name) ->
          throw new UnreadableStudyException(
              "A rule asks for the model '" + name + "', which is not loaded.");
    };
  }

  /** The same with the reading by another model. */
  public <T> T with(String studyInstanceUid, VisionLanguageModel model, Function<Reading, T> work) {
    Study study =
        ledger
            .find(studyInstanceUid)
            .orElseThrow(() -> new UnreadableStudyException("There is no such study."));
    instances
        .deletedAt(studyInstanceUid)
        .ifPresent(
            at -> {
              // Nor is the model asked about what it read before they were.
              throw new UnreadableStudyException(StoredInstance.deletedWords(at));
            });
    String digest = model.identity().digest();
    Key key = new Key(studyInstanceUid, study.contents().instanceCount(), digest);
    Choice choice = remembered(key);
    Kept kept = choice == null ? null : encodings.take(choice.digest);
    if (choice == null || kept == null) {
      FrameEncoding.Shown shown =
          encoding.shown(model, studyInstanceUid, select(studyInstanceUid, model));
      // What leaves for elsewhere is cleaned of one study's identifiers, and kept for that one.
      choice = Choice.of(shown, digest + (model instanceof RemoteModel ? studyInstanceUid : ""));
      kept = encodings.take(choice.digest, shown.encode());
      remember(key, choice);
    }
    try {
      return work.apply(new Reading(model, kept.encoded(), choice.sources, choice.leftOut));
    } finally {
      encodings.giveBack(kept);
    }
  }

  private @Nullable Choice remembered(Key key) {
    synchronized (choices) {
      return choices.get(key);
    }
  }

  private void remember(Key key, Choice choice) {
    synchronized (choices) {
      choices.put(key, choice);
    }
  }

  private Selection select(String studyInstanceUid, VisionLanguageModel model) {
    Optional<TriageDecision> decision = triage.latest(studyInstanceUid);
    decision
        .map(TriageDecision::notDrafted)
        .ifPresent(
            reason -> {
              throw new UnreadableStudyException("The model is not shown this study: " + reason);
            });
    Selection selected = selection.of(studyInstanceUid, model.imageBudget(), excluded(decision));
    if (selected.frames().isEmpty()) {
      throw new UnreadableStudyException(
          selected.leftOut().isEmpty()
              ? "The study holds no image."
              : "The study holds no image for the model: "
                  + selected.leftOut().stream()
                      .map(LeftOut::reason)
                      .distinct()
                      .limit(3)
                      .collect(Collectors.joining("; ")));
    }
    return selected;
  }

  static Map<String, String> excluded(Optional<TriageDecision> decision) {
    return decision.stream()
        .flatMap(made -> made.excluded().stream())
        .collect(
            Collectors.toMap(
                series -> series.seriesInstanceUid(),
                series -> series.reason() + ", by the rule '" + series.rule() + "'"));
  }

  @PreDestroy
  void close() {
    encodings.close();
  }

  /** More instances make another reading, and so does another model. */
  private record Key(String studyInstanceUid, int instanceCount, String modelDigest) {}

  /**
   * Which frames the model was shown.
   *
   * @param digest of the model and of the frames' files, numbers and windows, in their order
   */
  private record Choice(String digest, List<Reading.Source> sources, List<LeftOut> leftOut) {
    static Choice of(FrameEncoding.Shown shown, String forWhom) {
      String images =
          shown.sources().stream()
              .map(
                  source ->
                      source.instance().file().dataSetDigest()
                          + " "
                          + source.frame()
                          + " "
                          + source.window())
              .collect(Collectors.joining("\n"));
      return new Choice(
          PlainText.digest(forWhom + "\n" + images), shown.sources(), shown.leftOut());
    }
  }
}
