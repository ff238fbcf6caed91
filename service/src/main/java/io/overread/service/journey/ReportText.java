package io.overread.service.journey;

import io.overread.reporting.finding.Doubt;
import io.overread.reporting.finding.DraftMark;
import io.overread.reporting.finding.RecordedFinding;
import io.overread.vlm.Answer;
import io.overread.vlm.Cancellation;
import io.overread.vlm.ImageDependence;
import io.overread.vlm.TokenListener;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.finding.FindingCatalogue;
import io.overread.vlm.guard.ContradictionGuard;
import io.overread.vlm.guard.MarkedSentence;
import io.overread.vlm.guard.Objection;
import io.overread.vlm.guard.SentenceGuard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a draft says, and which of its sentences a guard objects to.
 *
 * @param text as the model wrote it, or why it wrote nothing
 * @param marks of sentences of the text
 */
record ReportText(String text, List<DraftMark> marks) {
  private static final int LONGEST_REPORT = 200;

  private static final String NOTHING_WRITTEN =
      "The model wrote no text about this image; see its findings.";

  /** What is said instead of a report. */
  static ReportText only(String text) {
    return new ReportText(text, List.of());
  }

  /** Has it written, and holds it against the guards and the findings. */
  static ReportText written(
      VisionLanguageModel model,
      Reading reading,
      FindingCatalogue catalogue,
      List<RecordedFinding> findings,
      List<SentenceGuard> guards) {
    Answer answer =
        model.describe(
            reading.encoded(),
            Decoding.greedy(LONGEST_REPORT),
            TokenListener.NONE,
            new Cancellation());
    if (answer.text().isBlank()) {
      return only(NOTHING_WRITTEN);
    }
    Map<String, Boolean> calls = new HashMap<>();
    for (RecordedFinding finding : findings) {
      Boolean present = finding.score().present();
      if (present != null) {
        calls.put(finding.question().findingId(), present);
      }
    }
    List<SentenceGuard> all = new ArrayList<>(guards);
    all.add(new ContradictionGuard(catalogue.findings(), calls));
    Optional<ImageDependence> dependence =
        answer.refused() ? Optional.empty() : model.imageDependence(model.reportPrompt(), answer);
    return new ReportText(
        answer.text(),
        MarkedSentence.in(answer.text(), all, dependence, model.limits().leastSentenceShift())
            .stream()
            .map(marked -> new DraftMark(marked.text(), doubt(marked.objection())))
            .toList());
  }

  static Doubt doubt(Objection objection) {
    return new Doubt(objection.guard().code(), objection.reason());
  }
}
