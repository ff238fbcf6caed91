package io.overread.service.journey;

import io.overread.dicom.pixel.Window;
import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.render.FrameRenderer;
import io.overread.gateway.render.NotRendered;
import io.overread.gateway.render.RenderedImage;
import io.overread.gateway.study.Series;
import io.overread.vlm.Answer;
import io.overread.vlm.Cancellation;
import io.overread.vlm.EncodedStudy;
import io.overread.vlm.TokenListener;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.decoding.Constraint;
import io.overread.vlm.decoding.Decoding;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A study as the model has read it.
 *
 * @param model which model read it
 * @param encoded closed by whoever keeps it, not by whoever asks
 * @param sources the frames that were read, at least one; the first is the one findings point to
 * @param leftOut images that were not, with the reasons
 * @param pixels what the frames' pixels told before the model saw them
 * @param first the first frame as rendered, for a model that is asked by occlusion where it sees a
 *     finding; null for one that has maps
 */
public record Reading(
    VisionLanguageModel model,
    EncodedStudy encoded,
    List<Source> sources,
    List<LeftOut> leftOut,
    PixelChecks pixels,
    @Nullable BufferedImage first) {
  private static final int LONGEST_BRIEF_ANSWER = 12;
  private static final int LONGEST_CHOICE = 64;

  public Reading {
    sources = List.copyOf(sources);
    leftOut = List.copyOf(leftOut);
  }

  /** What the model says to a question that a few words answer. */
  Answer brief(String question) {
    return model.answer(
        encoded,
        question,
        Decoding.greedy(LONGEST_BRIEF_ANSWER),
        TokenListener.NONE,
        new Cancellation());
  }

  /** The same, in one of some words. */
  Answer choice(String question, List<String> words) {
    return model.answer(
        encoded,
        question,
        Decoding.greedy(LONGEST_CHOICE).within(new Constraint.Choices(words)),
        TokenListener.NONE,
        new Cancellation());
  }

  /**
   * A frame that was read.
   *
   * @param frame from 1
   * @param window what the window is called that it was shown in; null for the image's own
   * @param reason why this one
   * @param pixelDigest SHA-256 of the frame as rendered, hex
   */
  public record Source(
      StoredInstance instance,
      Series series,
      int frame,
      @Nullable String window,
      String reason,
      String pixelDigest) {

    /** The frame once more: a study keeps what a model made of it, not its pixels. */
    BufferedImage render(FrameRenderer renderer) {
      Window shown =
          Optional.ofNullable(window)
              .flatMap(
                  name ->
                      CtWindows.named(
                          CodeString.normalised(series.attributes().anatomy().bodyPartExamined()),
                          name))
              .map(CtWindows.Named::window)
              .orElse(null);
      return switch (renderer.render(instance.path(), frame, shown)) {
        case RenderedImage rendered -> rendered.image();
        case NotRendered not ->
            throw new UnreadableStudyException("An image can't be rendered: " + not.reason());
      };
    }

    static Source of(SelectedFrame frame) {
      return new Source(
          frame.instance(),
          frame.series(),
          frame.frame(),
          frame.window(),
          frame.reason(),
          frame.pixelDigest());
    }
  }
}
