package io.overread.service.journey;

import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.render.FrameRenderer;
import io.overread.gateway.study.Study;
import io.overread.gateway.study.StudyLedger;
import io.overread.gateway.triage.Triage;
import io.overread.gateway.triage.TriageDecision;
import io.overread.vlm.EncodedStudy;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.guard.ImageGuard;
import io.overread.vlm.guard.Objection;
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
 * draft and for every question. Keeps the ones used last; another is encoded again when it is asked
 * about.
 */
@Component
public class Readings {
  private static final int MOST_KEPT = 16;

  private final VisionLanguageModel model;
  private final StudyLedger ledger;
  private final StoredInstances instances;
  private final FrameSelection selection;
  private final ImageGuard images = new ImageGuard();
  private final Triage triage;
  private final Map<Key, Kept> readings = new LinkedHashMap<>(16, 0.75f, true);

  Readings(
      VisionLanguageModel model,
      StudyLedger ledger,
      StoredInstances instances,
      FrameRenderer renderer,
      Triage triage) {
    this.model = model;
    this.ledger = ledger;
    this.instances = instances;
    this.triage = triage;
    this.selection = new FrameSelection(ledger, instances, renderer);
  }

  /** The model that reads. */
  VisionLanguageModel model() {
    return model;
  }

  /**
   * Does something with the reading of the study as it is now; the reading is kept at least as
   * long.
   *
   * @throws UnreadableStudyException if it has no image that the model can be shown
   */
  public <T> T with(String studyInstanceUid, Function<Reading, T> work) {
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
    Kept kept = take(new Key(studyInstanceUid, study.contents().instanceCount()));
    try {
      return work.apply(kept.reading);
    } finally {
      giveBack(kept);
    }
  }

  private Kept take(Key key) {
    synchronized (readings) {
      Kept kept = readings.get(key);
      if (kept != null) {
        kept.users++;
        return kept;
      }
    }
    // Encoding takes a while and needs no lock; should two do it at once, the first one stays.
    Kept made = new Kept(read(key.studyInstanceUid));
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

  /** Drops the ones used longest ago until few enough are kept; one in use stays. */
  private void dropIdle() {
    var eldest = readings.values().iterator();
    while (readings.size() > MOST_KEPT && eldest.hasNext()) {
      Kept kept = eldest.next();
      if (kept.users == 0) {
        kept.reading.encoded().close();
        eldest.remove();
      }
    }
  }

  private Reading read(String studyInstanceUid) {
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
    EncodedStudy encoded =
        model.encode(selected.frames().stream().map(SelectedFrame::image).toList());
    return new Reading(
        encoded,
        selected.frames().stream()
            .map(
                frame ->
                    new Reading.Source(
                        frame.instance(),
                        frame.series(),
                        frame.frame(),
                        frame.window(),
                        frame.reason()))
            .toList(),
        selected.leftOut(),
        unusable(selected),
        model.mappedFindings().isEmpty() ? selected.frames().getFirst().image() : null);
  }

  /** Of the first frame if there is something against each: one good frame can be read. */
  private @Nullable Objection unusable(Selection selected) {
    List<Optional<Objection>> objections =
        selected.frames().stream().map(frame -> images.objection(frame.image())).toList();
    return objections.stream().allMatch(Optional::isPresent)
        ? objections.getFirst().orElse(null)
        : null;
  }

  private static Map<String, String> excluded(Optional<TriageDecision> decision) {
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

  /** More instances make another reading. */
  private record Key(String studyInstanceUid, int instanceCount) {}

  private static final class Kept {
    private final Reading reading;
    private int users;

    Kept(Reading reading) {
      this.reading = reading;
    }
  }
}
