package io.overread.vlm.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingCataloguesTest {

  private final FindingCatalogues catalogues = FindingCatalogues.shipped();

  @ParameterizedTest
  @CsvSource({
    "DX, CHEST, chest-radiograph",
    "cr, ' Chest ', chest-radiograph",
    "CT, CHEST, chest-ct",
    "MR, BRAIN, brain-mr",
    "US, BREAST, breast-ultrasound",
    "US, LUNG, lung-ultrasound"
  })
  void modality_and_body_part_choose(String modality, String bodyPart, String id) {
    assertThat(catalogues.forStudy(modality, bodyPart).id()).isEqualTo(id);
  }

  @Test
  void without_a_body_part_the_modality_s_only_catalogue_is_taken() {
    assertThat(catalogues.forStudy("DX", null).id()).isEqualTo("chest-radiograph");
    assertThat(catalogues.forStudy("DX", "").id()).isEqualTo("chest-radiograph");
  }

  @Test
  void without_a_body_part_and_with_several_catalogues_nothing_is_asked() {
    assertThat(catalogues.forStudy("US", null).findings()).isEmpty();
  }

  @Test
  void another_body_part_or_modality_is_asked_nothing() {
    assertThat(catalogues.forStudy("DX", "HAND").findings()).isEmpty();
    assertThat(catalogues.forStudy("NM", "CHEST").findings()).isEmpty();
    assertThat(catalogues.forStudy(null, null).findings()).isEmpty();
  }

  @Test
  void every_shipped_finding_can_be_asked_and_told() {
    for (FindingCatalogue catalogue : catalogues.all()) {
      assertThat(catalogue.reportCode().code()).isNotBlank();
      for (Finding finding : catalogue.findings()) {
        assertThat(finding.question()).as(finding.id()).endsWith("?");
        assertThat(finding.presentSentence()).as(finding.id()).endsWith(".");
        assertThat(finding.absentSentence()).as(finding.id()).endsWith(".");
      }
    }
  }

  @Test
  void catalogues_without_a_general_one_are_refused() {
    List<FindingCatalogue> particular =
        catalogues.all().stream().filter(c -> !c.modalities().isEmpty()).toList();
    assertThatThrownBy(() -> new FindingCatalogues(particular))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
