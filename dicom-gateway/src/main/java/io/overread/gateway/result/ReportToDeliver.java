package io.overread.gateway.result;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version of a report, with all that its objects say. It is kept as it was when it became due, so
 * that an object says the same whenever it is made.
 *
 * @param identity which report, and why it is sent
 * @param procedure what the report is about
 * @param text the report's text
 * @param findings one each for a measurement group of the SR
 * @param model who drafted it
 * @param signature who signed; null for a draft
 */
public record ReportToDeliver(
    Identity identity,
    Coding procedure,
    String text,
    List<Finding> findings,
    Model model,
    @Nullable Signature signature) {

  /** Refuses a draft with a signature, and a signed version without. */
  public ReportToDeliver {
    findings = List.copyOf(findings);
    if (identity.event().isSigned() != (signature != null)) {
      throw new IllegalArgumentException("a version is signed if, and only if, somebody signed it");
    }
  }

  /**
   * Which report.
   *
   * @param reportId its key
   * @param version its version, from 1
   * @param studyInstanceUid the study it is on
   * @param event why it is sent
   * @param writtenAt when the version was made
   */
  public record Identity(
      UUID reportId, int version, String studyInstanceUid, ReportEvent event, Instant writtenAt) {}

  /**
   * A finding of the model.
   *
   * @param id its key; its tracking UID is made from it
   * @param name what it is called
   * @param code what it is called in a code system; null where in none
   * @param site where in the body it is; null where that is not known
   * @param score what the model said of it
   * @param image where it was seen
   */
  public record Finding(
      UUID id,
      String name,
      @Nullable Coding code,
      @Nullable Coding site,
      Score score,
      ImageReference image) {}

  /**
   * What the model said of a finding.
   *
   * @param probability that it is present, 0 to 1; null where the model's engine gives none
   * @param presence the call made of that
   * @param sentence the finding in words
   * @param others what other models beside it scored and what was made of that, in words; null
   *     where there was none
   */
  public record Score(
      @Nullable Double probability, Presence presence, String sentence, @Nullable String others) {

    /** Of one model alone. */
    public Score(@Nullable Double probability, Presence presence, String sentence) {
      this(probability, presence, sentence, null);
    }
  }

  /** Whether a finding is called present. */
  public enum Presence {
    /** It is called present. */
    PRESENT,
    /** It is called absent. */
    ABSENT,
    /** The model could not tell. */
    UNDETERMINED
  }

  /**
   * Where a finding was seen.
   *
   * @param sopInstanceUid the image's SOP Instance UID (0008,0018)
   * @param frame from 1
   * @param region a closed outline on it, in columns and rows from its upper left corner (PS3.3
   *     C.18.6); empty where the model gives none
   */
  public record ImageReference(String sopInstanceUid, int frame, List<Point> region) {

    /** Copies the outline; refuses one that encloses nothing. */
    public ImageReference {
      region = List.copyOf(region);
      if (region.size() == 1 || region.size() == 2) {
        throw new IllegalArgumentException("an outline has at least three corners");
      }
    }
  }

  /** A place on an image: 0, 0 is the upper left corner of its upper left pixel. */
  public record Point(double column, double row) {}

  /**
   * The model.
   *
   * @param digest SHA-256 over its files, hex
   */
  public record Model(String name, String version, String digest) {}

  /**
   * A signature.
   *
   * @param name the person's name
   * @param time when
   * @param meaning what the signature says
   * @param organization for whom the person signs
   */
  public record Signature(String name, Instant time, String meaning, String organization) {}
}
