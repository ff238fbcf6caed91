package io.overread.vlm.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionGuardTest {

  private static final QuestionGuard CHEST = new QuestionGuard(false, List.of("CHEST"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Has the effusion grown since the last study?",
        "Is the heart larger than before?",
        "Has the nodule increased in size?",
        "Compared with the previous radiograph, is there more fluid?",
        "Is this new?",
        "Is the pneumothorax unchanged?",
        "Any interval change?"
      })
  void a_question_about_a_change_has_no_answer_without_an_earlier_study(String question) {
    assertThat(CHEST.objection(question))
        .get()
        .extracting(Objection::guard)
        .isEqualTo(Guard.CHANGE_WITHOUT_PRIOR);
    assertThat(new QuestionGuard(true, List.of("CHEST")).objection(question)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "How large is the nodule in the right lung?",
        "How big is the mass in cm?",
        "What is the size of the lesion?",
        "What is the cardiothoracic ratio?",
        "Measure the effusion."
      })
  void a_question_for_a_measurement_has_no_answer(String question) {
    assertThat(CHEST.objection(question))
        .get()
        .extracting(Objection::guard)
        .isEqualTo(Guard.MEASUREMENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What is wrong with the right femur?",
        "Is there a brain tumor?",
        "Are the hands normal?",
        "Is the prostate enlarged?"
      })
  void a_question_about_a_part_that_is_not_shown_has_no_answer(String question) {
    assertThat(CHEST.objection(question))
        .get()
        .extracting(Objection::guard)
        .isEqualTo(Guard.OUT_OF_SCOPE);
  }

  @Test
  void the_reason_names_the_part_asked_for_and_the_parts_shown() {
    assertThat(new QuestionGuard(false, List.of("brain", "HEAD")).objection("Is the Femur broken?"))
        .get()
        .extracting(Objection::reason)
        .isEqualTo("The question is about the femur, and these images are of the BRAIN, HEAD.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Is the heart size increased?",
        "Are the vascular markings increased?",
        "Is the apical aeration normal or decreased?",
        "Is there cardiomegaly?",
        "Are there ischemic changes?",
        "Is this a study of the brain?",
        "Is this a CT of the femur?",
        "Is there free air below the diaphragm or a liver lesion?",
        "On the other hand, is the heart enlarged?",
        "What is wrong with the aortic area?",
        "Which organ is shown?",
        "Was this image taken in the AP or PA plane?"
      })
  void what_can_be_seen_in_one_image_may_be_asked(String question) {
    assertThat(CHEST.objection(question)).isEmpty();
  }

  @Test
  void an_unknown_part_rules_nothing_out() {
    assertThat(
            new QuestionGuard(false, Arrays.asList("CHEST", null))
                .objection("What is wrong with the right femur?"))
        .isEmpty();
    assertThat(
            new QuestionGuard(false, List.of("WHOLEBODY"))
                .objection("What is wrong with the right femur?"))
        .isEmpty();
  }
}
