package io.overread.service.journey;

import io.overread.reporting.finding.DraftMark;
import io.overread.reporting.finding.RecordedFinding;
import io.overread.vlm.Answer;
import io.overread.vlm.Cancellation;
import io.overread.vlm.ImageDependence;
import io.overread.vlm.TokenListener;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.finding.FindingCatalogue;
import io.overread.vlm.guard.ContradictionGuard;
import io.overread.vlm.guard.MarkedSentence;
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
record ReportText(DraftRun.Text text, List<DraftMark> marks) {

  /** What is said instead of a report. */
  static ReportText only(String text) {
    return new ReportText(DraftRun.Text.ofGuard(text), List.of());
  }

  /** Has it written, and holds it against the guards and the findings. */
  static ReportText written(
      Reading reading,
      FindingCatalogue catalogue,
      List<RecordedFinding> findings,
      List<SentenceGuard> guards) {
    VisionLanguageModel model = reading.model();
    Answer answer =
        model.describe(
            reading.encoded(), DraftStudy.DECODING, TokenListener.NONE, new Cancellation());
    if (answer.text().isBlank()) {
      return new ReportText(DraftRun.Text.of(answer), List.of());
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
        DraftRun.Text.of(answer),
        MarkedSentence.in(answer.text(), all, dependence, model.limits().leastSentenceShift())
            .stream()
            .map(marked -> new DraftMark(marked.text(), ReadingGuards.doubt(marked.objection())))
            .toList());
  }
}
