package io.overread.service.journey;

import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.render.FrameRenderer;
import io.overread.gateway.study.Study;
import io.overread.gateway.study.StudyLedger;
import io.overread.vlm.EncodedStudy;
import io.overread.vlm.VisionLanguageModel;
import jakarta.annotation.PreDestroy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Studies as the model has read them: images and prompt prefix encoded once, then used for the
 * draft and for every question. Keeps the ones used last; another is encoded again when it is asked
 * about.
 */
@Component
public class Readings {
  private static final int MOST_KEPT = 16;

  /** The shipped model learnt from single images; more of them would be a guess. */
  private static final int IMAGES_READ = 1;

  private final VisionLanguageModel model;
  private final StudyLedger ledger;
  private final FrameSelection selection;
  private final Map<Key, Reading> kept = new LinkedHashMap<>(16, 0.75f, true);

  Readings(
      VisionLanguageModel model,
      StudyLedger ledger,
      StoredInstances instances,
      FrameRenderer renderer) {
    this.model = model;
    this.ledger = ledger;
    this.selection = new FrameSelection(ledger, instances, renderer);
  }

  /**
   * The reading of the study as it is now.
   *
   * @throws UnreadableStudyException if it has no image that can be rendered
   */
  public Reading of(String studyInstanceUid) {
    Study study =
        ledger
            .find(studyInstanceUid)
            .orElseThrow(() -> new UnreadableStudyException("There is no such study."));
    Key key = new Key(studyInstanceUid, study.contents().instanceCount());
    synchronized (kept) {
      Reading reading = kept.get(key);
      if (reading != null) {
        return reading;
      }
    }
    Reading made = read(studyInstanceUid);
    synchronized (kept) {
      Reading other = kept.putIfAbsent(key, made);
      if (other != null) {
        made.encoded().close();
        return other;
      }
      if (kept.size() > MOST_KEPT) {
        var eldest = kept.entrySet().iterator();
        // A question under way on it still ends: the encoded study counts its users.
        eldest.next().getValue().encoded().close();
        eldest.remove();
      }
    }
    return made;
  }

  private Reading read(String studyInstanceUid) {
    FrameSelection.Selection selected = selection.of(studyInstanceUid, IMAGES_READ);
    if (selected.frames().isEmpty()) {
      throw new UnreadableStudyException(
          selected.reasons().isEmpty()
              ? "The study holds no image."
              : "No image of the study can be rendered: " + selected.reasons().getFirst());
    }
    EncodedStudy encoded =
        model.encode(selected.frames().stream().map(SelectedFrame::image).toList());
    return new Reading(
        encoded,
        selected.frames().stream()
            .map(frame -> new Reading.Source(frame.instance(), frame.series(), frame.frame()))
            .toList());
  }

  @PreDestroy
  void close() {
    synchronized (kept) {
      List.copyOf(kept.values()).forEach(reading -> reading.encoded().close());
      kept.clear();
    }
  }

  /** More instances make another reading. */
  private record Key(String studyInstanceUid, int instanceCount) {}
}
