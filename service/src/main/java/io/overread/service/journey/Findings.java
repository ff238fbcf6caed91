package io.overread.service.journey;

import io.overread.reporting.finding.ConceptCode;
import io.overread.reporting.finding.ContrastiveScore;
import io.overread.reporting.finding.Doubt;
import io.overread.reporting.finding.RecordedFinding;
import io.overread.vlm.finding.Coding;
import io.overread.vlm.finding.Finding;
import io.overread.vlm.finding.ScoredFinding;
import io.overread.vlm.guard.MarkedSentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the engine scored, as reporting records it. */
public final class Findings {
  /**
   * Between these probabilities the model is taken not to know. They are calibrated, and most
   * findings are rare: one in seven is no absence.
   */
  private static final double ABSENT_BELOW = 0.15;

  private static final double PRESENT_FROM = 0.6;

  /** When the model would rather say something else than yes or no, its odds mean little. */
  private static final double MOST_NEITHER = 0.5;

  private Findings() {}

  /**
   * As it is recorded.
   *
   * @param contrastive what a contrastive model beside it says, by the finding's id; empty without
   * @param leastShift a finding that the image moves less does not depend on it; null: not known
   */
  static List<RecordedFinding> recorded(
      List<ScoredFinding> scored,
      Map<String, ContrastiveScore> contrastive,
      Reading.Source source,
      @Nullable Double leastShift) {
    List<RecordedFinding> recorded = new ArrayList<>();
    for (ScoredFinding each : scored) {
      Finding finding = each.finding();
      Boolean present = present(each, leastShift);
      Doubt doubt =
          isUnseen(each, leastShift) ? ReadingGuards.doubt(MarkedSentence.INDEPENDENT) : null;
      recorded.add(
          new RecordedFinding(
              UUID.randomUUID(),
              recorded.size(),
              new RecordedFinding.Question(finding.id(), finding.name(), finding.question()),
              new RecordedFinding.Score(
                  each.hasProbability() ? each.probability() : null,
                  present,
                  sentence(finding, present),
                  doubt,
                  contrastive.get(finding.id())),
              new RecordedFinding.Codes(
                  finding.codes().stream().map(Findings::code).toList(),
                  finding.bodySite() == null ? List.of() : List.of(code(finding.bodySite()))),
              new RecordedFinding.Image(source.instance().sopInstanceUid(), source.frame())));
    }
    return recorded;
  }

  static ConceptCode code(Coding coding) {
    return new ConceptCode(coding.system(), coding.code(), coding.display());
  }

  private static boolean isUnseen(ScoredFinding scored, @Nullable Double leastShift) {
    return leastShift != null
        && scored.imageShift().isPresent()
        && scored.imageShift().getAsDouble() < leastShift;
  }

  /**
   * The call made of a finding; null: undetermined.
   *
   * @param leastShift one that the image moves less is undetermined; null: not known
   */
  public static @Nullable Boolean present(ScoredFinding scored, @Nullable Double leastShift) {
    return isUnseen(scored, leastShift) ? null : present(scored);
  }

  private static @Nullable Boolean present(ScoredFinding scored) {
    if (!scored.hasProbability()) {
      return switch (scored.choice()) {
        case YES -> true;
        case NO -> false;
        case NEITHER -> null;
      };
    }
    if (scored.probabilityOfNeither() > MOST_NEITHER) {
      return null;
    }
    if (scored.probability() >= PRESENT_FROM) {
      return true;
    }
    return scored.probability() < ABSENT_BELOW ? false : null;
  }

  private static String sentence(Finding finding, @Nullable Boolean present) {
    if (present == null) {
      return "Undetermined: " + finding.name().toLowerCase(Locale.ROOT) + ".";
    }
    return present ? finding.presentSentence() : finding.absentSentence();
  }
}
