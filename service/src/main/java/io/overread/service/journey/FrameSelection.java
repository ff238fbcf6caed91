package io.overread.service.journey;

import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.render.FrameRenderer;
import io.overread.gateway.render.NotRendered;
import io.overread.gateway.render.RenderedImage;
import io.overread.gateway.study.Series;
import io.overread.gateway.study.StudyLedger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Chooses the images that the model reads, at most as many as it takes. Radiographs: frontal views
 * before others. Stacks (CT, MR and multi-frame objects): the middle of the largest series, which
 * is what a single image can say most with. What can't be rendered is passed over.
 */
final class FrameSelection {
  private static final Set<String> FRONTAL = Set.of("PA", "AP");
  private static final Set<String> STACKS = Set.of("CT", "MR", "PT", "NM");
  private static final int MOST_TRIES = 20;

  private final StudyLedger ledger;
  private final StoredInstances instances;
  private final FrameRenderer renderer;

  FrameSelection(StudyLedger ledger, StoredInstances instances, FrameRenderer renderer) {
    this.ledger = ledger;
    this.instances = instances;
    this.renderer = renderer;
  }

  /** The chosen frames, rendered; with the reasons why others could not be. */
  Selection of(String studyInstanceUid, int most) {
    Set<String> own = instances.ownResultsOf(studyInstanceUid);
    List<StoredInstance> all =
        instances.ofStudy(studyInstanceUid).stream()
            .filter(each -> !own.contains(each.sopInstanceUid()))
            .toList();
    List<String> reasons = new ArrayList<>();
    List<SelectedFrame> selected = new ArrayList<>();
    int tries = 0;
    for (Series series : ledger.series(studyInstanceUid).stream().sorted(preference()).toList()) {
      List<StoredInstance> images =
          all.stream()
              .filter(each -> each.seriesInstanceUid().equals(series.seriesInstanceUid()))
              .filter(each -> each.numberOfFrames() > 0)
              .sorted(
                  Comparator.comparing(
                      each -> Objects.requireNonNullElse(each.image().instanceNumber(), 0)))
              .toList();
      for (StoredInstance image : fromWhereItSaysMost(images, series)) {
        if (selected.size() == most || ++tries > MOST_TRIES) {
          return new Selection(selected, reasons);
        }
        int frame = (image.numberOfFrames() + 1) / 2;
        switch (renderer.render(image.path(), frame, null)) {
          case RenderedImage rendered ->
              selected.add(new SelectedFrame(image, series, frame, rendered.image()));
          case NotRendered not -> reasons.add(not.reason());
        }
      }
    }
    return new Selection(selected, reasons);
  }

  private static Comparator<Series> preference() {
    return Comparator.<Series, Boolean>comparing(
            series ->
                !FRONTAL.contains(
                    CodeString.normalised(series.attributes().anatomy().viewPosition())))
        .thenComparing(Series::instanceCount, Comparator.reverseOrder());
  }

  private static List<StoredInstance> fromWhereItSaysMost(
      List<StoredInstance> images, Series series) {
    if (!STACKS.contains(CodeString.normalised(series.attributes().modality()))
        || images.size() < 3) {
      return images;
    }
    List<StoredInstance> fromTheMiddle =
        new ArrayList<>(images.subList(images.size() / 2, images.size()));
    fromTheMiddle.addAll(images.subList(0, images.size() / 2));
    return fromTheMiddle;
  }

  /**
   * What the model gets.
   *
   * @param frames the first is the one that findings point to
   * @param reasons why others were passed over
   */
  record Selection(List<SelectedFrame> frames, List<String> reasons) {}
}
