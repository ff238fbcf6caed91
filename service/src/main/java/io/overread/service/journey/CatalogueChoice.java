package io.overread.service.journey;

import io.overread.gateway.study.SeriesAttributes;
import io.overread.vlm.Answer;
import io.overread.vlm.finding.FindingCatalogue;
import io.overread.vlm.finding.FindingCatalogues;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which findings are asked about: by a triage rule, else by the header's Modality and Body
 * Part Examined. Many senders leave the body part out; then the model is asked what it sees, since
 * the lung's findings asked of a head would be answered too.
 */
final class CatalogueChoice {
  private static final String BODY_PART_QUESTION = "Which part of the body is shown?";

  private final FindingCatalogues catalogues = FindingCatalogues.shipped();
  private final FindingCatalogue general = catalogues.forStudy(null, "");

  /** The one that asks for no finding. */
  FindingCatalogue general() {
    return general;
  }

  /**
   * The one for a study.
   *
   * @param byRule the id that a triage rule asks for; null to choose by the images
   */
  FindingCatalogue of(Reading reading, @Nullable String byRule) {
    if (byRule != null) {
      Optional<FindingCatalogue> known =
          catalogues.all().stream().filter(each -> each.id().equals(byRule)).findFirst();
      if (known.isPresent()) {
        return known.get();
      }
    }
    SeriesAttributes series = reading.sources().getFirst().series().attributes();
    String stated = series.anatomy().bodyPartExamined();
    if (stated != null && !stated.isBlank()) {
      return catalogues.forStudy(series.modality(), stated);
    }
    Answer seen = reading.brief(BODY_PART_QUESTION);
    if (seen.refused()) {
      return general;
    }
    for (String word : seen.text().toUpperCase(Locale.ROOT).split("[^A-Z]+")) {
      if (!word.isEmpty()) {
        FindingCatalogue fits = catalogues.forStudy(series.modality(), word);
        if (!fits.equals(general)) {
          return fits;
        }
      }
    }
    return general;
  }
}
