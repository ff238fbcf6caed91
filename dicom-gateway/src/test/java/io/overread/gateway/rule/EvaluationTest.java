package io.overread.gateway.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {

  private static final DataSet CHEST =
      new DataSet()
          .putString(Tag.ImageType, "ORIGINAL", "PRIMARY", "AXIAL")
          .putString(Tag.Modality, "CT")
          .putString(Tag.BodyPartExamined, "Chest ")
          .putString(Tag.StudyDescription, "Thorax (low dose)")
          .putString(Tag.PatientID, "007")
          .putString(Tag.SliceThickness, "1.50")
          .putInteger(Tag.SamplesPerPixel, 1)
          .putEmpty(Tag.ProtocolName)
          .putItems(
              Tag.RequestAttributesSequence,
              new DataSet().putString(Tag.ScheduledProcedureStepID, "A"),
              new DataSet().putString(Tag.ScheduledProcedureStepID, "B"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Modality = ct",
        "BodyPartExamined in (THORAX, CHEST)",
        "ImageType = AXIAL",
        "StudyDescription ~ *LOW?DOSE*",
        "not StudyDescription ~ *phantom*",
        "SliceThickness = 1.5",
        "SliceThickness < 2 and SliceThickness >= 1.5",
        "SamplesPerPixel = 1",
        "(0008,0060) = CT",
        "RequestAttributesSequence.ScheduledProcedureStepID = B",
        "RequestAttributesSequence exists",
        "not ProtocolName exists",
        "ProtocolName != X",
        "not PatientID = 7",
        "Modality = MR or Modality = CT and BodyPartExamined = CHEST",
      })
  void holds(String text) {
    assertThat(evaluate(text).holds()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Modality = MR",
        "Modality != CT",
        "ImageType != AXIAL",
        "StudyDescription ~ thorax",
        "StudyDescription > 5",
        "ProtocolName exists",
        "RequestAttributesSequence.ScheduledProcedureStepID = C",
        "(Modality = MR or Modality = CT) and BodyPartExamined = HEAD",
      })
  void does_not_hold(String text) {
    assertThat(evaluate(text).holds()).isFalse();
  }

  @Test
  void every_clause_tells_where_it_stands_and_on_which_values() {
    String text = "Modality = MR and ImageType = AXIAL";

    Evaluation evaluation = evaluate(text);

    assertThat(evaluation.clauses())
        .containsExactly(
            new Evaluation.Outcome(0, 13, "Modality", false, List.of("CT")),
            new Evaluation.Outcome(
                18, 35, "ImageType", true, List.of("ORIGINAL", "PRIMARY", "AXIAL")));
  }

  @Test
  void a_pattern_of_many_stars_takes_no_longer_than_the_lengths_allow() {
    DataSet longest = new DataSet().putString(Tag.StudyDescription, "a".repeat(10_000));
    String pattern = "*a".repeat(120) + "b";

    assertThat(
            valid("StudyDescription ~ \"" + pattern + "\"")
                .evaluate(new DataSetAttributes(longest))
                .holds())
        .isFalse();
  }

  private static Evaluation evaluate(String text) {
    return valid(text).evaluate(new DataSetAttributes(CHEST));
  }

  private static Expression valid(String text) {
    return ((Parsed.Valid) Parsed.of(text)).expression();
  }
}
