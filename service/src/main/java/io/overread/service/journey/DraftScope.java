package io.overread.service.journey;

import io.overread.vlm.finding.FindingCatalogue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a model may draft of what it has read.
 *
 * @param objection why it drafts nothing, in a sentence for the radiologist; empty if it may
 * @param catalogue the findings that it is asked for; none where there is an objection
 */
public record DraftScope(Optional<String> objection, FindingCatalogue catalogue) {
  private static final ReadingGuards GUARDS = new ReadingGuards();
  private static final CatalogueChoice CHOICE = new CatalogueChoice();

  /**
   * By the images and their headers.
   *
   * @param catalogueByRule the id that a triage rule asks for; null for none
   */
  public static DraftScope of(Reading reading, @Nullable String catalogueByRule) {
    Optional<String> objection = GUARDS.refusal(reading);
    return new DraftScope(
        objection, objection.isPresent() ? CHOICE.general() : CHOICE.of(reading, catalogueByRule));
  }
}
