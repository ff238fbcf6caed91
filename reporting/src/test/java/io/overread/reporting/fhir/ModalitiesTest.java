package io.overread.reporting.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModalitiesTest {
  @ParameterizedTest
  @ValueSource(strings = {"CT", "DX", "CR", "OT", "RTSTRUCT"})
  void a_modality_of_dicom_is_a_code(String modality) {
    assertThat(Modalities.coding(modality).getCode()).isEqualTo(modality);
    assertThat(Modalities.coding(modality).getSystem()).isEqualTo(Terms.DICOM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"C  T", "ct", "ZZ", "RTSEGANN"})
  void any_other_is_shown_as_it_came(String modality) {
    assertThat(Modalities.coding(modality).getCode()).isNull();
    assertThat(Modalities.coding(modality).getDisplay()).isEqualTo(modality);
  }
}
