package io.overread.service.journey;

import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.render.FrameRenderer;
import io.overread.gateway.study.Series;
import io.overread.gateway.study.StudyLedger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses the images that the model reads, at most as many as it takes:
 *
 * <ol>
 *   <li>series that a triage rule keeps from the model, and what is no acquired image ({@link
 *       NotForTheModel}), are left out;
 *   <li>radiographs and ultrasound: the images of one series after the other, frontal views before
 *       others; of a multi-frame image the frame that it names as representative, else the one in
 *       its middle;
 *   <li>CT, MR, PT and NM: slices of the best series alone, those across the patient before others
 *       and the one with most slices before others, at even distances by their position, so the one
 *       in the middle where the model takes one image; CT in the windows of {@link CtWindows}.
 * </ol>
 */
final class FrameSelection {

  private final StudyLedger ledger;
  private final StoredInstances instances;
  private final FrameChoice choice;

  FrameSelection(StudyLedger ledger, StoredInstances instances, FrameRenderer renderer) {
    this.ledger = ledger;
    this.instances = instances;
    this.choice = new FrameChoice(renderer);
  }

  /**
   * The chosen frames, rendered; and why others were left out.
   *
   * @param most how many the model takes
   * @param excluded series that it may not be shown, with the reasons
   */
  Selection of(String studyInstanceUid, int most, Map<String, String> excluded) {
    Set<String> own = instances.ownResultsOf(studyInstanceUid);
    Selection.Draft draft = new Selection.Draft(most);
    Map<String, List<StoredInstance>> bySeries = new HashMap<>();
    for (StoredInstance instance : instances.ofStudy(studyInstanceUid)) {
      String series = instance.seriesInstanceUid();
      if (own.contains(instance.sopInstanceUid())) {
        draft.leave(series, 1, "a result of our own");
      } else if (instance.file().deletedAt() != null) {
        draft.leave(series, 1, "deleted by retention");
      } else {
        bySeries.computeIfAbsent(series, _ -> new ArrayList<>()).add(instance);
      }
    }
    List<Candidate> candidates = new ArrayList<>();
    for (Series series : ledger.series(studyInstanceUid)) {
      candidate(series, bySeries, excluded, draft, candidates);
    }
    candidates.sort(Candidate.BEST_FIRST);
    fill(draft, candidates);
    return draft.done();
  }

  private static void candidate(
      Series series,
      Map<String, List<StoredInstance>> bySeries,
      Map<String, String> excluded,
      Selection.Draft draft,
      List<Candidate> candidates) {
    String uid = series.seriesInstanceUid();
    List<StoredInstance> all = bySeries.getOrDefault(uid, List.of());
    List<StoredInstance> images =
        all.stream().filter(instance -> instance.numberOfFrames() > 0).toList();
    String reason = excluded.get(uid);
    if (reason != null) {
      draft.leave(uid, all.size(), reason);
      return;
    }
    draft.leave(uid, all.size() - images.size(), "holds no image");
    if (images.isEmpty()) {
      return;
    }
    Candidate candidate = Candidate.of(series, images);
    candidate
        .objection()
        .ifPresentOrElse(
            objection -> draft.leave(uid, images.size(), objection),
            () -> candidates.add(candidate));
  }

  /**
   * Slices of a stack and views, or slices of two stacks, side by side would tell the model lies.
   */
  private void fill(Selection.Draft draft, List<Candidate> candidates) {
    boolean fromStack = false;
    for (Candidate candidate : candidates) {
      if (draft.isFull()) {
        draft.leaveRest(candidate.series().seriesInstanceUid(), candidate.images().size());
      } else if (fromStack || (candidate.isStack() && !draft.isEmpty())) {
        draft.leave(
            candidate.series().seriesInstanceUid(),
            candidate.images().size(),
            "another series was chosen");
      } else if (candidate.isStack()) {
        choice.ofStack(candidate, draft);
        fromStack = !draft.isEmpty();
      } else {
        choice.ofViews(candidate, draft);
      }
    }
  }
}
