package io.overread.service.journey;

import io.overread.gateway.study.SeriesAttributes;
import io.overread.gateway.triage.RowDirection;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.guard.ChangeGuard;
import io.overread.vlm.guard.LateralityGuard;
import io.overread.vlm.guard.MeasurementGuard;
import io.overread.vlm.guard.Objection;
import io.overread.vlm.guard.ScopeGuard;
import io.overread.vlm.guard.SentenceGuard;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The guards as the headers of what was read set them. They look at what comes out of the model and
 * at the header, never at a question.
 */
@Component
public class ReadingGuards {
  private final VisionLanguageModel model;
  private final ScopeGuard scope;

  ReadingGuards(VisionLanguageModel model) {
    this.model = model;
    this.scope = new ScopeGuard(model.limits().scope());
  }

  /** What there is against the images, whatever is said of them. */
  public Optional<Objection> ofImages(Reading reading) {
    Objection unusable = reading.unusable();
    if (unusable != null) {
      return Optional.of(unusable);
    }
    SeriesAttributes series = first(reading);
    return scope.objection(
        CodeString.normalised(series.modality()), series.anatomy().bodyPartExamined());
  }

  /** What looks at each sentence; the model is never shown an earlier study. */
  public List<SentenceGuard> ofWords(Reading reading) {
    return List.of(new ChangeGuard(false), new MeasurementGuard(), laterality(reading));
  }

  private LateralityGuard laterality(Reading reading) {
    String laterality = CodeString.normalised(first(reading).anatomy().laterality());
    if (laterality.equals("L")) {
      return LateralityGuard.of(LateralityGuard.Side.LEFT);
    }
    if (laterality.equals("R")) {
      return LateralityGuard.of(LateralityGuard.Side.RIGHT);
    }
    if (!model.limits().tellsSides()) {
      return LateralityGuard.untold("It names a side, and the model can't tell left from right.");
    }
    return RowDirection.of(reading.sources().getFirst().instance()) == RowDirection.RIGHT
        ? LateralityGuard.untold(
            "It names a side, and this image is turned: its rows run to the patient's right.")
        : LateralityGuard.ofBoth();
  }

  private static SeriesAttributes first(Reading reading) {
    return reading.sources().getFirst().series().attributes();
  }
}
