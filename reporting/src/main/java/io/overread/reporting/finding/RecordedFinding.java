package io.overread.reporting.finding;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One finding of an analysis, as it was recorded; it never changes.
 *
 * @param id its key, the id of its Observation
 * @param ordinal its place in the report, from 0
 * @param question what the model was asked
 * @param score what the model answered
 * @param codes what it is called
 * @param image where it was seen
 */
public record RecordedFinding(
    UUID id, int ordinal, Question question, Score score, Codes codes, Image image) {

  /**
   * What the model was asked.
   *
   * @param findingId the finding's id in its catalogue
   * @param name the finding's name
   * @param text the question in words
   */
  public record Question(String findingId, String name, String text) {}

  /**
   * What the model answered.
   *
   * @param probability that the finding is present, from 0 to 1; null where the engine gives none
   * @param present the call made of it; null: undetermined
   * @param sentence the sentence in the report
   * @param doubt why no call was made though the probability would do for one; null otherwise
   * @param contrastive what a contrastive model beside it says; null where there was none
   */
  public record Score(
      @Nullable Double probability,
      @Nullable Boolean present,
      String sentence,
      @Nullable Doubt doubt,
      @Nullable ContrastiveScore contrastive) {

    /** Without a doubt, and of one model alone. */
    public Score(@Nullable Double probability, @Nullable Boolean present, String sentence) {
      this(probability, present, sentence, null, null);
    }

    /** Refuses what is no probability, and a call in doubt. */
    public Score {
      if (doubt != null && present != null) {
        throw new IllegalArgumentException("A finding in doubt is undetermined");
      }
      if (probability != null && !(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException("Not a probability: " + probability);
      }
    }
  }

  /**
   * What the finding is called in code systems.
   *
   * @param finding codes of the finding
   * @param bodySite codes of its place in the body, or none
   */
  public record Codes(List<ConceptCode> finding, List<ConceptCode> bodySite) {
    /** Copies both. */
    public Codes {
      finding = List.copyOf(finding);
      bodySite = List.copyOf(bodySite);
    }
  }

  /**
   * The frame that was read.
   *
   * @param sopInstanceUid SOP Instance UID (0008,0018)
   * @param frameNumber from 1
   */
  public record Image(String sopInstanceUid, int frameNumber) {}
}
