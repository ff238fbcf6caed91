package io.overread.service.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.gateway.triage.ImageFacts;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotForTheModelTest {

  private static final String CT = "1.2.840.10008.5.1.4.1.1.2";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "CT, ORIGINAL/PRIMARY/AXIAL, '', CHEST 1 MM, -",
        "CT, ORIGINAL/PRIMARY/LOCALIZER, '', CHEST, localizer",
        "MR, ORIGINAL/PRIMARY/M/ND, '', THREE PLANE LOCALIZER, 'localizer, by its description'",
        "DX, ORIGINAL/PRIMARY, '', SCOUTING, -",
        "CT, DERIVED/SECONDARY/MPR, '', COR, made from other images (Image Type"
            + " DERIVED\\SECONDARY)",
        "DX, DERIVED/PRIMARY, '', CHEST, -",
        "CT, DERIVED/SECONDARY/SCREEN SAVE, '', CHEST, screen save",
        "CT, ORIGINAL/SECONDARY/OTHER, '', DOSE REPORT, dose report",
        "US, ORIGINAL/PRIMARY, WSD, LIVER, converted from another form (Conversion Type)",
        "CR, ORIGINAL/PRIMARY, DF, CHEST, -",
        "SEG, DERIVED/PRIMARY, '', LUNGS, no image of the patient",
        "'', '', '', '', -",
      })
  void what_is_no_acquired_image_is_left_out_with_its_reason(
      String modality, String type, String conversion, String words, String reason) {
    ImageFacts facts = new ImageFacts(List.of(type.split("/")), conversion, words, null, List.of());

    assertThat(NotForTheModel.reason(new NotForTheModel.Kind(CT, modality), facts).orElse(null))
        .isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.840.10008.5.1.4.1.1.7, WSD, true",
    "1.2.840.10008.5.1.4.1.1.7.4, DI, true",
    "1.2.840.10008.5.1.4.1.1.7, DF, false",
    "1.2.840.10008.5.1.4.1.1.77.1.4, '', false",
  })
  void a_secondary_capture_is_left_out_but_not_a_film_that_was_digitized(
      String sopClass, String conversion, boolean leftOut) {
    ImageFacts facts = new ImageFacts(List.of(), conversion, "", null, List.of());

    assertThat(NotForTheModel.reason(new NotForTheModel.Kind(sopClass, "OT"), facts).isPresent())
        .isEqualTo(leftOut);
  }
}
