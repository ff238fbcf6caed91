package io.overread.service.journey;

import io.overread.gateway.study.SeriesAttributes;
import io.overread.vlm.Answer;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.finding.FindingCatalogue;
import io.overread.vlm.finding.FindingCatalogues;
import java.util.Locale;

/**
 * Chooses which findings are asked about: by the header's Modality and Body Part Examined. Many
 * senders leave the body part out; then the model is asked what it sees, since the lung's findings
 * asked of a head would be answered too.
 */
final class CatalogueChoice {
  private static final String BODY_PART_QUESTION = "Which part of the body is shown?";

  private final VisionLanguageModel model;
  private final FindingCatalogues catalogues = FindingCatalogues.shipped();
  private final FindingCatalogue general = catalogues.forStudy(null, "");

  CatalogueChoice(VisionLanguageModel model) {
    this.model = model;
  }

  /** The one that asks for no finding. */
  FindingCatalogue general() {
    return general;
  }

  FindingCatalogue of(Reading reading) {
    SeriesAttributes series = reading.sources().getFirst().series().attributes();
    String stated = series.anatomy().bodyPartExamined();
    if (stated != null && !stated.isBlank()) {
      return catalogues.forStudy(series.modality(), stated);
    }
    Answer seen = reading.brief(model, BODY_PART_QUESTION);
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
