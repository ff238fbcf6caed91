package io.overread.service.journey;

import io.overread.gateway.deidentify.Cleaning;
import io.overread.gateway.deidentify.ImagesToSend;
import io.overread.service.model.Departures;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.remote.RemoteModel;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Gives the chosen frames to a model. To one elsewhere only what may leave goes, cleaned; a frame
 * that may not is left out, and so is the study if none is left.
 */
@Component
class FrameEncoding {
  private static final String BLACKENED = "what looks like text on it was made black";

  private final ImagesToSend images;
  private final Departures departures;

  FrameEncoding(ImagesToSend images, Departures departures) {
    this.images = images;
    this.departures = departures;
  }

  Reading encode(VisionLanguageModel model, String studyInstanceUid, Selection selected) {
    if (model instanceof RemoteModel remote) {
      return encode(remote, studyInstanceUid, selected);
    }
    List<BufferedImage> all = selected.frames().stream().map(SelectedFrame::image).toList();
    return new Reading(
        model,
        model.encode(all),
        sources(selected.frames()),
        selected.leftOut(),
        PixelChecks.of(selected.frames()),
        model.mappedFindings().isEmpty() ? all.getFirst() : null);
  }

  private Reading encode(RemoteModel model, String studyInstanceUid, Selection selected) {
    ImagesToSend.Judged judged =
        images.judge(selected.frames().stream().map(SelectedFrame::instance).toList());
    List<SelectedFrame> leaving = new ArrayList<>();
    List<BufferedImage> cleaned = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>(selected.leftOut());
    for (int i = 0; i < selected.frames().size(); i++) {
      SelectedFrame frame = selected.frames().get(i);
      Cleaning cleaning = judged.cleanings().get(i);
      if (cleaning instanceof Cleaning.Refused(String reason)) {
        leftOut.add(
            new LeftOut(
                frame.series().seriesInstanceUid(), 1, "may not leave for the model: " + reason));
      } else {
        ImagesToSend.Cleaned clean = images.clean(cleaning, frame.image());
        leaving.add(clean.textAreas() == 0 ? frame : frame.with(BLACKENED));
        cleaned.add(clean.image());
      }
    }
    if (leaving.isEmpty()) {
      throw new UnreadableStudyException(
          "No image of the study may leave for the model: " + leftOut.getLast().reason());
    }
    return new Reading(
        model,
        model.encode(cleaned, departures.of(studyInstanceUid, judged.identifiers())),
        sources(leaving),
        leftOut,
        PixelChecks.of(leaving),
        null);
  }

  private static List<Reading.Source> sources(List<SelectedFrame> frames) {
    return frames.stream().map(Reading.Source::of).toList();
  }
}
