package io.overread.vlm.finding;

import io.overread.vlm.Answer;
import io.overread.vlm.Cancellation;
import io.overread.vlm.EncodedStudy;
import io.overread.vlm.TokenListener;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.failure.EngineException;
import io.overread.vlm.region.WrittenRegion;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks where on a study's first image findings are: in the model's own maps, else by asking it for
 * boxes where its family writes such, else by covering parts of the image.
 */
public final class FindingLocator {

  private static final Logger LOG = LoggerFactory.getLogger(FindingLocator.class);

  /** Some boxes and their names. */
  private static final int LONGEST_ANSWER = 128;

  private final VisionLanguageModel model;
  private final Duration occluding;

  /**
   * For a model.
   *
   * @param occluding how long covering parts of an image may take; zero: it is not done
   */
  public FindingLocator(VisionLanguageModel model, Duration occluding) {
    this.model = model;
    this.occluding = occluding;
  }

  /**
   * The places by finding id; a finding that can't be located has none. Says where a finding would
   * be, not that it is there, so it is asked of those that are present.
   *
   * @param image the first image of the study, to be covered; null: it may not be
   */
  public Map<String, LocatedFinding> locate(
      EncodedStudy study, @Nullable BufferedImage image, List<Finding> findings) {
    Map<String, LocatedFinding> located = new LinkedHashMap<>();
    List<Finding> left = new ArrayList<>();
    for (Finding finding : findings) {
      Optional<LocatedFinding> found = mapped(study, finding).or(() -> boxed(study, finding));
      found.ifPresent(place -> located.put(finding.id(), place));
      if (found.isEmpty()) {
        left.add(finding);
      }
    }
    if (image != null && !left.isEmpty()) {
      Occlusion.regions(model, image, left, occluding)
          .forEach(
              (id, region) ->
                  located.put(
                      id, new LocatedFinding(region.box(), LocatedFinding.Method.OCCLUSION)));
    }
    return located;
  }

  private static Optional<LocatedFinding> mapped(EncodedStudy study, Finding finding) {
    return study
        .region(finding.id())
        .map(region -> new LocatedFinding(region.box(), LocatedFinding.Method.MAP));
  }

  /** The largest box of those that the model writes; empty of a model that writes none. */
  public Optional<LocatedFinding> boxed(EncodedStudy study, Finding finding) {
    return model
        .groundingQuestion(finding.name().toLowerCase(Locale.ROOT))
        .flatMap(question -> written(study, question).stream().max(BY_AREA))
        .map(
            region ->
                new LocatedFinding(
                    new FindingRegion.Box(
                        region.left(),
                        region.top(),
                        region.right() - region.left(),
                        region.bottom() - region.top()),
                    LocatedFinding.Method.BOX));
  }

  private List<WrittenRegion> written(EncodedStudy study, String question) {
    try {
      Answer answer =
          model.answer(
              study,
              question,
              Decoding.greedy(LONGEST_ANSWER),
              TokenListener.NONE,
              new Cancellation());
      return model.regions(study, question, answer).regions();
    } catch (EngineException e) {
      // A draft is worth having without its outlines.
      LOG.warn("no box was got: {}", e.getMessage());
      return List.of();
    }
  }

  private static final Comparator<WrittenRegion> BY_AREA =
      Comparator.comparingDouble(
          region -> (region.right() - region.left()) * (region.bottom() - region.top()));
}
