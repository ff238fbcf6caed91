package io.overread.gateway.deidentify;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A question leaves without what names the patient. */
class PatientIdentifiersTest {

  private final PatientIdentifiers patient =
      PatientIdentifiers.of(
          List.of(
              DataSet.withCharacterSet("ISO_IR 192")
                  .putString(Tag.PatientName, "Müller-Doe^Jane^A=山田^花子")
                  .putString(Tag.PatientID, "AB-1234/5")
                  .putString(Tag.AccessionNumber, "ACC000777")
                  .putString(Tag.AdmissionID, "ADM-55510")
                  .putString(Tag.PatientTelephoneNumbers, "+49 30 901820")
                  .putString(Tag.PatientMotherBirthName, "Kowalski^Anna")
                  .putString(Tag.ReferringPhysicianName, "Nguyen^Linh^^Dr.")
                  .putString(Tag.PatientBirthDate, "19700131")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Has Müller a nodule?",
        "Has MULLER a nodule?",
        "Is jane's heart large?",
        "What of Mrs. Doe?",
        "Patient AB-1234/5",
        "Patient ab12345",
        "Patient AB 1234 5",
        "accession acc000777",
        "admission adm55510",
        "call 4930901820",
        "Is it as in Anna's, her mother?",
        "Dr. Nguyen asks for nodules",
        "born 1970-01-31",
        "born 31.1.1970",
        "born 01/31/70",
        "born January 31, 1970",
        "born on the 31st of January 1970",
        "born 19700131",
        "山田さんの肺"
      })
  void identifiers_are_removed_however_they_are_written(String question) {
    assertThat(patient.removedFrom(question)).contains(PatientIdentifiers.REMOVED);
    assertThat(patient.removedFrom(question).toLowerCase(java.util.Locale.ROOT))
        .doesNotContain(
            "müller", "muller", "jane", "doe", "1234", "777", "55510", "901820", "anna", "nguyen",
            "1970", "山田");
  }

  @Test
  void the_rest_of_a_question_stays() {
    String question = "Is there a nodule of 31 mm in the right upper lobe, janeway lesion, 1970s?";
    assertThat(patient.removedFrom(question)).isEqualTo(question);
    assertThat(patient.removedFrom("Has Jane a nodule?")).isEqualTo("Has [removed] a nodule?");
  }

  @Test
  void a_patient_called_removed_does_not_break_it() {
    PatientIdentifiers odd =
        PatientIdentifiers.of(
            List.of(
                new DataSet()
                    .putString(Tag.PatientName, "Removed^$1")
                    .putString(Tag.PatientID, "$(*")));
    assertThat(odd.removedFrom("Has $1 a nodule? E")).isEqualTo("Has $1 a nodule? E");
  }
}
