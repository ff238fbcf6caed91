package io.overread.vlm.guard;

import io.overread.vlm.Answer;
import io.overread.vlm.EncodedStudy;
import io.overread.vlm.ImageDependence;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.model.AnswerCalibration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether an answer may be given: how likely it is right, and what there is against it. An answer
 * that may not be given becomes "cannot be determined", with the reason.
 */
public final class AnswerCheck {

  private static final Objection REFUSED =
      new Objection(Guard.REFUSED, "The model says itself that it can't tell from this image.");

  private final VisionLanguageModel model;

  /** For answers of this model. */
  public AnswerCheck(VisionLanguageModel model) {
    this.model = model;
  }

  /**
   * What is known of an answer.
   *
   * @param probability that it is right, 0..1; empty where the model gives nothing to tell it by
   * @param objection why it may not be given; empty if it may
   */
  public record Checked(OptionalDouble probability, Optional<Objection> objection) {}

  /** Checks an answer that the model wrote of this study. */
  public Checked check(
      EncodedStudy study, String question, Answer answer, List<SentenceGuard> guards) {
    if (answer.refused()) {
      return new Checked(OptionalDouble.empty(), Optional.of(REFUSED));
    }
    Optional<ImageDependence.Part> dependence =
        model.imageDependence(question, answer).map(ImageDependence::whole);
    OptionalDouble probability = probability(study, question, answer, dependence);
    return new Checked(
        probability,
        independent(dependence).or(() -> said(answer, guards)).or(() -> tooLow(probability)));
  }

  private OptionalDouble probability(
      EncodedStudy study,
      String question,
      Answer answer,
      Optional<ImageDependence.Part> dependence) {
    String word = answer.text().strip().toLowerCase(Locale.ROOT).replaceAll("[.!]$", "");
    if (word.equals("yes") || word.equals("no")) {
      double yes =
          model
              .calibration()
              .probability(question, model.score(study, List.of(question)).getFirst().logOdds());
      return OptionalDouble.of(word.equals("yes") ? yes : 1 - yes);
    }
    AnswerCalibration calibration = model.limits().answers();
    return calibration == null || dependence.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            calibration.probability(
                dependence.get().mean(), dependence.get().variance(), dependence.get().shift()));
  }

  private Optional<Objection> independent(Optional<ImageDependence.Part> dependence) {
    Double least = model.limits().leastSentenceShift();
    return least != null && dependence.isPresent() && dependence.get().shift() < least
        ? Optional.of(MarkedSentence.INDEPENDENT)
        : Optional.empty();
  }

  private static Optional<Objection> said(Answer answer, List<SentenceGuard> guards) {
    return guards.stream().flatMap(guard -> guard.objection(answer.text()).stream()).findFirst();
  }

  private Optional<Objection> tooLow(OptionalDouble probability) {
    AnswerCalibration calibration = model.limits().answers();
    if (calibration == null
        || probability.isEmpty()
        || probability.getAsDouble() >= calibration.threshold()) {
      return Optional.empty();
    }
    return Optional.of(
        new Objection(
            Guard.LOW_PROBABILITY,
            String.format(
                Locale.ROOT,
                "The answer is right with a probability of %.0f %%; below %.0f %% none is given.",
                100 * probability.getAsDouble(),
                100 * calibration.threshold())));
  }
}
