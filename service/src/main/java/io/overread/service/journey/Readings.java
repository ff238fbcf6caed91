package io.overread.service.journey;

import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.render.FrameRenderer;
import io.overread.gateway.study.Study;
import io.overread.gateway.study.StudyLedger;
import io.overread.gateway.triage.Triage;
import io.overread.gateway.triage.TriageDecision;
import io.overread.service.model.Models;
import io.overread.service.schedule.ScheduleProperties;
import io.overread.vlm.VisionLanguageModel;
import jakarta.annotation.PreDestroy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Studies as the model has read them: images and prompt prefix encoded once, then used for the
 * draft and for every question. Keeps the ones used last; another is encoded again when it is asked
 * about.
 */
@Component
public class Readings {
  private final Models models;
  private final FrameEncoding encoding;
  private final StudyLedger ledger;
  private final StoredInstances instances;
  private final FrameSelection selection;
  private final FrameRenderer renderer;
  private final Triage triage;
  private final long mostBytes;
  private final Map<Key, Kept> readings = new LinkedHashMap<>(16, 0.75f, true);

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
    this.renderer = renderer;
    this.triage = triage;
    this.mostBytes = schedule.studyMemory().toBytes();
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
      case Models.NotLoaded none -> throw new UnreadableStudyException(none.reason());
    };
  }

  /** The contrastive model beside the one that read, and the frames that were read for it. */
  FindingScores scores(Reading reading) {
    return new FindingScores(
        models.beside(reading.model()).orElse(null),
        () -> reading.sources().stream().map(source -> source.render(renderer)).toList());
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
    Kept kept =
        take(
            new Key(studyInstanceUid, study.contents().instanceCount(), model.identity().digest()),
            model);
    try {
      return work.apply(kept.reading);
    } finally {
      giveBack(kept);
    }
  }

  private Kept take(Key key, VisionLanguageModel model) {
    synchronized (readings) {
      Kept kept = readings.get(key);
      if (kept != null) {
        kept.users++;
        return kept;
      }
    }
    // Encoding takes a while and needs no lock; should two do it at once, the first one stays.
    Kept made = new Kept(read(key.studyInstanceUid, model));
    synchronized (readings) {
      Kept other = readings.putIfAbsent(key, made);
      if (other != null) {
        made.reading.encoded().close();
        other.users++;
        return other;
      }
      made.users++;
      dropIdle();
      return made;
    }
  }

  private void giveBack(Kept kept) {
    synchronized (readings) {
      kept.users--;
      dropIdle();
    }
  }

  /** Drops the ones used longest ago until few enough bytes are kept; one in use stays. */
  private void dropIdle() {
    long bytes = 0;
    for (Kept kept : readings.values()) {
      bytes += kept.reading.encoded().bytes();
    }
    var eldest = readings.values().iterator();
    while (bytes > mostBytes && eldest.hasNext()) {
      Kept kept = eldest.next();
      if (kept.users == 0) {
        bytes -= kept.reading.encoded().bytes();
        kept.reading.encoded().close();
        eldest.remove();
      }
    }
  }

  private Reading read(String studyInstanceUid, VisionLanguageModel model) {
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
    return encoding.encode(model, studyInstanceUid, selected);
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
    synchronized (readings) {
      readings.values().forEach(kept -> kept.reading.encoded().close());
      readings.clear();
    }
  }

  /** More instances make another reading, and so does another model. */
  private record Key(String studyInstanceUid, int instanceCount, String modelDigest) {}

  private static final class Kept {
    private final Reading reading;
    private int users;

    Kept(Reading reading) {
      this.reading = reading;
    }
  }
}
