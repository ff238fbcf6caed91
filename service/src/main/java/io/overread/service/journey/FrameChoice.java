package io.overread.service.journey;

import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.render.FrameRenderer;
import io.overread.gateway.render.NotRendered;
import io.overread.gateway.render.RenderedImage;
import io.overread.gateway.triage.ImageFacts;
import io.overread.gateway.triage.Plane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Chooses frames within one series and renders them. */
final class FrameChoice {
  private static final int MOST_TRIES = 20;

  /** Beyond so many images of a series their order is by Instance Number. */
  private static final int MOST_HEADERS = 4_000;

  private final FrameRenderer renderer;

  FrameChoice(FrameRenderer renderer) {
    this.renderer = renderer;
  }

  /** Views: one image after the other until there is no more room. */
  void ofViews(Candidate candidate, Selection.Draft draft) {
    String uid = candidate.series().seriesInstanceUid();
    int tries = 0;
    for (StoredInstance image : candidate.images()) {
      if (draft.isFull() || tries == MOST_TRIES) {
        int seen = candidate.images().indexOf(image);
        draft.leaveRest(uid, candidate.images().size() - seen);
        return;
      }
      tries++;
      ImageFacts facts = ImageFacts.of(image);
      Optional<String> objection = candidate.objection(image, facts);
      if (objection.isPresent()) {
        draft.leave(uid, 1, objection.get());
        continue;
      }
      int frame = frameOf(image, facts);
      render(candidate, image, frame, null, viewReason(candidate, image, facts), draft);
    }
  }

  private static int frameOf(StoredInstance image, ImageFacts facts) {
    Integer representative = facts.representativeFrame();
    return representative != null ? representative : (image.numberOfFrames() + 1) / 2;
  }

  private static String viewReason(Candidate candidate, StoredInstance image, ImageFacts facts) {
    if (image.numberOfFrames() > 1) {
      return "%s frame of %d"
          .formatted(
              facts.representativeFrame() == null ? "middle" : "representative",
              image.numberOfFrames());
    }
    if (candidate.isFrontal()) {
      return "frontal view (" + candidate.view() + ")";
    }
    return candidate.view().isEmpty() ? "first image that fits" : "view " + candidate.view();
  }

  /** Slices at even distances, CT in one or several windows. */
  void ofStack(Candidate candidate, Selection.Draft draft) {
    String uid = candidate.series().seriesInstanceUid();
    SliceOrder order = SliceOrder.of(slices(candidate, draft));
    draft.leave(uid, order.otherwise(), "lies in another direction than most slices of the series");
    List<CtWindows.Named> windows = windows(candidate);
    int eachIn = Math.clamp(draft.room(), 1, Math.max(1, windows.size()));
    int before = draft.room();
    int taken = 0;
    for (int place : order.evenly(Math.max(1, draft.room() / eachIn))) {
      taken +=
          slice(
              candidate, order, place, windows.subList(0, Math.min(eachIn, windows.size())), draft);
    }
    if (draft.room() < before) {
      draft.leaveRest(uid, order.slices().size() - taken);
    }
  }

  /** The slice at this place, or the nearest behind it that can be rendered; how many it took. */
  private int slice(
      Candidate candidate,
      SliceOrder order,
      int place,
      List<CtWindows.Named> windows,
      Selection.Draft draft) {
    for (int at = place; at < Math.min(order.slices().size(), place + MOST_TRIES); at++) {
      Slice slice = order.slices().get(at);
      String reason =
          "slice %d of %d by %s"
              .formatted(
                  at + 1,
                  order.slices().size(),
                  order.byPosition() ? "its position" : "Instance Number");
      boolean rendered = true;
      List<CtWindows.@Nullable Named> all = new ArrayList<>(windows);
      if (all.isEmpty()) {
        all.add(null);
      }
      for (CtWindows.@Nullable Named window : all) {
        rendered &= render(candidate, slice.instance(), slice.frame(), window, reason, draft);
      }
      if (rendered) {
        return 1;
      }
    }
    return 0;
  }

  /** Windows are for Hounsfield units, which only CT has. */
  private static List<CtWindows.Named> windows(Candidate candidate) {
    return candidate.modality().equals("CT") ? CtWindows.of(candidate.bodyPart()) : List.of();
  }

  private static List<Slice> slices(Candidate candidate, Selection.Draft draft) {
    boolean readAll = candidate.images().size() <= MOST_HEADERS;
    List<Slice> slices = new ArrayList<>();
    Map<String, Integer> objections = new TreeMap<>();
    for (StoredInstance image : candidate.images()) {
      ImageFacts facts = readAll ? ImageFacts.of(image) : candidate.middle();
      Optional<String> objection = candidate.objection(image, facts);
      if (objection.isPresent()) {
        objections.merge(objection.get(), 1, Integer::sum);
        continue;
      }
      List<Plane> planes = readAll ? facts.planes() : List.of();
      for (int frame = 1; frame <= image.numberOfFrames(); frame++) {
        slices.add(new Slice(image, frame, planes.isEmpty() ? null : planes.get(frame - 1)));
      }
    }
    objections.forEach(
        (reason, images) -> draft.leave(candidate.series().seriesInstanceUid(), images, reason));
    return slices;
  }

  private boolean render(
      Candidate candidate,
      StoredInstance image,
      int frame,
      CtWindows.@Nullable Named window,
      String reason,
      Selection.Draft draft) {
    return switch (renderer.render(image.path(), frame, window == null ? null : window.window())) {
      case RenderedImage rendered -> {
        draft.take(
            new SelectedFrame(
                image,
                candidate.series(),
                frame,
                window == null ? null : window.name(),
                reason,
                rendered.image()));
        yield true;
      }
      case NotRendered not -> {
        draft.leave(
            candidate.series().seriesInstanceUid(), 1, "can't be rendered: " + not.reason());
        yield false;
      }
    };
  }
}
