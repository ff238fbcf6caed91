package io.overread.service.journey;

import io.overread.gateway.study.SeriesAttributes;
import io.overread.reporting.finding.Doubt;
import io.overread.reporting.finding.DraftMark;
import io.overread.vlm.guard.ChangeGuard;
import io.overread.vlm.guard.MeasurementGuard;
import io.overread.vlm.guard.Objection;
import io.overread.vlm.guard.QuestionGuard;
import io.overread.vlm.guard.ScopeGuard;
import io.overread.vlm.guard.SentenceGuard;
import java.util.List;
import java.util.Optional;

/**
 * The guards as the headers of what was read set them. They look at what comes out of the model and
 * at the header; of a question they only look at what no image could answer, so none can switch
 * them off.
 */
public class ReadingGuards {
  private final ModalityGuard modality = new ModalityGuard();

  /** Without state. */
  public ReadingGuards() {}

  /** Why nothing shall be drafted, in a sentence for the radiologist; empty if it may be. */
  Optional<String> refusal(Reading reading) {
    return ofImages(reading)
        .map(against -> "No findings were drafted. " + against.reason())
        .or(() -> modality.objection(reading));
  }

  /** What there is against the images, whatever is said of them. */
  public Optional<Objection> ofImages(Reading reading) {
    Objection unusable = reading.pixels().unusable();
    if (unusable != null) {
      return Optional.of(unusable);
    }
    SeriesAttributes series = first(reading);
    return new ScopeGuard(reading.model().limits().scope())
        .objection(CodeString.normalised(series.modality()), series.anatomy().bodyPartExamined());
  }

  /** What the radiologist must know of the images, whatever is said of them. */
  List<DraftMark> marks(Reading reading) {
    return new Sides(reading)
        .objection().map(against -> DraftMark.ofImage(doubt(against))).stream().toList();
  }

  /** What looks at each sentence; the model is never shown an earlier study. */
  public List<SentenceGuard> ofWords(Reading reading) {
    return List.of(new ChangeGuard(false), new MeasurementGuard(), new Sides(reading).guard());
  }

  /** What there is against a question, whatever is answered. */
  public Optional<Objection> ofQuestion(Reading reading, String question) {
    return new QuestionGuard(
            false,
            reading.sources().stream()
                .map(source -> source.series().attributes().anatomy().bodyPartExamined())
                .toList())
        .objection(question);
  }

  /** An objection as it is recorded. */
  public static Doubt doubt(Objection objection) {
    return new Doubt(objection.guard().code(), objection.reason());
  }

  private static SeriesAttributes first(Reading reading) {
    return reading.sources().getFirst().series().attributes();
  }
}
