package io.overread.gateway.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParsedTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Modality = CT and BodyPartExamined in (CHEST, THORAX)"
            + " and not StudyDescription ~ \"*phantom*\"",
        "(0028,0300) = YES",
        "((0028,0300) = YES or Modality=DX) AND NOT (PatientID exists)",
        "RequestAttributesSequence.ScheduledProcedureStepDescription ~ *chest*",
        "(0040,0275).(0040,0007) exists",
        "BodyPartExamined in (0010,0020)",
        "SliceThickness <= 1.5 and KVP>1e2",
        "PatientName = \"O\"\"Neil\"",
      })
  void conditions_of_the_documented_form_are_read(String text) {
    assertThat(Parsed.of(text)).isInstanceOf(Parsed.Valid.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|0|an attribute is expected",
        "Modalty = CT|0|'Modalty' is no keyword",
        "Modality = CT and Bodypart = X|18|'Bodypart' is no keyword",
        "Modality CT|9|one of = !=",
        "Modality =|10|a value is missing",
        "Modality = and|11|a value is missing",
        "Modality = CT BodyPartExamined = X|14|'and', 'or' or the end",
        "(Modality = CT|14|closing bracket",
        "Modality in CT|12|opening bracket",
        "Modality in (CT MR)|16|a comma or a closing bracket",
        "KVP > high|4|compares numbers",
        "PatientName = \"Doe|14|not closed",
        "Modality = CT or|16|an attribute is expected",
        "Modality . (0028,0300)x = 1|22|one of = !=",
      })
  void what_is_wrong_is_named_with_its_place(String text, int position, String message) {
    assertThat(Parsed.of(text))
        .isInstanceOfSatisfying(
            Parsed.Invalid.class,
            invalid -> {
              assertThat(invalid.message()).contains(message);
              assertThat(invalid.position()).isEqualTo(position);
            });
  }

  @Test
  void length_depth_and_number_of_comparisons_are_bounded() {
    assertThat(Parsed.of("Modality = " + "X".repeat(2_000))).isInstanceOf(Parsed.Invalid.class);
    assertThat(Parsed.of("Modality = " + "X".repeat(257))).isInstanceOf(Parsed.Invalid.class);
    assertThat(Parsed.of("(".repeat(900))).isInstanceOf(Parsed.Invalid.class);
    assertThat(Parsed.of("not ".repeat(400) + "KVP=1")).isInstanceOf(Parsed.Invalid.class);
    assertThat(Parsed.of("KVP=1" + " or KVP=1".repeat(100))).isInstanceOf(Parsed.Invalid.class);
    assertThat(Parsed.of("KVP in (1" + ",1".repeat(100) + ")")).isInstanceOf(Parsed.Invalid.class);
  }
}
