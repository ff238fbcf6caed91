package io.overread.service.journey;

import io.overread.gateway.triage.ImageFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * What is no acquired image of the patient: scouts, captured screens, reports. A table; the first
 * row that fits gives the reason.
 */
final class NotForTheModel {

  /** Modality (0008,0060) of objects that have pixels or frames and are no images to be read. */
  private static final Set<String> NO_IMAGES =
      Set.of(
          "SR",
          "PR",
          "KO",
          "SEG",
          "RTDOSE",
          "RTSTRUCT",
          "RTPLAN",
          "RTRECORD",
          "REG",
          "DOC",
          "AU",
          "HC",
          "PLAN",
          "FID",
          "SMR");

  /** Secondary Capture Image Storage and its multi-frame forms (PS3.4 B.5). */
  private static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";

  /** Conversion Type (0008,0064) of a film that was digitized: the only picture there is. */
  private static final String DIGITIZED_FILM = "DF";

  private static final Set<String> SCOUT_MODALITIES = Set.of("CT", "MR", "PT");

  private record Row(String reason, BiPredicate<Kind, ImageFacts> fits) {}

  /** What the database says of an image. */
  record Kind(String sopClassUid, String modality) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("no image of the patient", (kind, facts) -> NO_IMAGES.contains(kind.modality)),
          new Row("localizer", (kind, facts) -> facts.imageType().contains("LOCALIZER")),
          new Row(
              "localizer, by its description",
              (kind, facts) ->
                  SCOUT_MODALITIES.contains(kind.modality)
                      && says(facts, "LOCALIZER", "LOCALISER", "SCOUT", "TOPOGRAM", "SURVIEW")),
          new Row(
              "dose report",
              (kind, facts) ->
                  facts.imageType().contains("DOSE_INFO")
                      || says(facts, "DOSE REPORT", "DOSE INFO", "PATIENT PROTOCOL")),
          new Row(
              "screen save",
              (kind, facts) ->
                  facts.imageType().stream().anyMatch(type -> type.startsWith("SCREEN"))
                      || says(facts, "SCREEN SAVE", "SCREENSAVE", "SCREENSHOT")),
          new Row(
              "secondary capture",
              (kind, facts) ->
                  (kind.sopClassUid.equals(SECONDARY_CAPTURE)
                          || kind.sopClassUid.startsWith(SECONDARY_CAPTURE + "."))
                      && !facts.conversionType().equals(DIGITIZED_FILM)),
          new Row(
              "converted from another form (Conversion Type)",
              (kind, facts) ->
                  Set.of("WSD", "SI", "SYN", "DRW", "SD", "DV").contains(facts.conversionType())),
          new Row(
              "made from other images (Image Type DERIVED\\SECONDARY)",
              (kind, facts) ->
                  facts.imageType().size() > 1
                      && facts.imageType().get(0).equals("DERIVED")
                      && facts.imageType().get(1).equals("SECONDARY")));

  private NotForTheModel() {}

  /** Why the model shall not see such an image; empty if it may. */
  static Optional<String> reason(Kind kind, ImageFacts facts) {
    return ROWS.stream().filter(row -> row.fits().test(kind, facts)).map(Row::reason).findFirst();
  }

  private static boolean says(ImageFacts facts, String... words) {
    return List.of(words).stream().anyMatch(facts.words()::contains);
  }
}
