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
import org.jspecify.annotations.Nullable;

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
    return asYesOrNo(study, question, answer)
        .map(
            yes ->
                new Checked(
                    OptionalDouble.of(yes.probability),
                    unseen(yes.shift, model.limits().leastFindingShift())
                        .or(() -> tooLow(yes.probability))))
        .orElseGet(() -> inWords(question, answer, guards));
  }

  /** An answer that is a yes or a no: as likely as the question's score says. */
  private record YesOrNo(double probability, OptionalDouble shift) {}

  private Optional<YesOrNo> asYesOrNo(EncodedStudy study, String question, Answer answer) {
    String word = answer.text().strip().toLowerCase(Locale.ROOT).replaceAll("[.!]$", "");
    if (!word.equals("yes") && !word.equals("no")) {
      return Optional.empty();
    }
    double odds = model.score(study, List.of(question)).getFirst().logOdds();
    double yes = model.calibration().probability(question, odds);
    OptionalDouble shift =
        model
            .scoreWithoutImage(List.of(question))
            .map(blind -> OptionalDouble.of(Math.abs(odds - blind.getFirst().logOdds())))
            .orElse(OptionalDouble.empty());
    return Optional.of(new YesOrNo(word.equals("yes") ? yes : 1 - yes, shift));
  }

  private Checked inWords(String question, Answer answer, List<SentenceGuard> guards) {
    Optional<ImageDependence.Part> part =
        model.imageDependence(question, answer).map(ImageDependence::whole);
    OptionalDouble shift =
        part.isPresent() ? OptionalDouble.of(part.get().shift()) : OptionalDouble.empty();
    AnswerCalibration calibration = model.limits().answers();
    OptionalDouble probability =
        calibration == null || part.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(
                calibration.probability(
                    part.get().mean(), part.get().variance(), part.get().shift()));
    Optional<Objection> objection =
        unseen(shift, model.limits().leastAnswerShift())
            .or(() -> said(answer, guards))
            .or(
                () ->
                    probability.isPresent() ? tooLow(probability.getAsDouble()) : Optional.empty());
    return new Checked(probability, objection);
  }

  private static Optional<Objection> unseen(OptionalDouble shift, @Nullable Double least) {
    return least != null && shift.isPresent() && shift.getAsDouble() < least
        ? Optional.of(MarkedSentence.INDEPENDENT)
        : Optional.empty();
  }

  private static Optional<Objection> said(Answer answer, List<SentenceGuard> guards) {
    return guards.stream().flatMap(guard -> guard.objection(answer.text()).stream()).findFirst();
  }

  private Optional<Objection> tooLow(double probability) {
    AnswerCalibration calibration = model.limits().answers();
    if (calibration == null || probability >= calibration.threshold()) {
      return Optional.empty();
    }
    return Optional.of(
        new Objection(
            Guard.LOW_PROBABILITY,
            String.format(
                Locale.ROOT,
                "The answer is right with a probability of %.0f %%; below %.0f %% none is given.",
                100 * probability,
                100 * calibration.threshold())));
  }
}
