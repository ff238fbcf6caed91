package io.overread.vlm.evaluate.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The numbers of BLEU and ROUGE-L are those of sacrebleu 2.6.0 ({@code BLEU(lowercase=True,
 * max_ngram_order=N).corpus_score}) and of rouge-score 0.1.2 ({@code RougeScorer(['rougeL'])}, F
 * measure, best reference), taken once.
 */
class TextMetricsTest {

  private record Pair(String answer, List<String> references) {}

  private static final List<Pair> PAIRS =
      List.of(
          new Pair(
              "The heart is enlarged. There is a small left pleural effusion.",
              List.of("The heart is mildly enlarged, with a small left-sided pleural effusion.")),
          new Pair(
              "no pneumothorax", List.of("No pneumothorax is seen.", "There is no pneumothorax")),
          new Pair(
              "T2-weighted MRI, 3.5 mm; 1,200 ms (axial)",
              List.of("T2 weighted MRI 3.5mm, 1,200 ms: axial")),
          new Pair("right lower lobe", List.of("left upper lobe")),
          new Pair("", List.of("yes")),
          new Pair(
              "Ödem der Lunge & kein Erguß \"A/B\" 5-10", List.of("Ödem & Erguß: \"A/B\" 5-10")));

  @ParameterizedTest
  @CsvSource({
    "1, 0.6666666666666669",
    "2, 0.5000000000000001",
    "3, 0.3851713571108358",
    "4, 0.30984362531358284"
  })
  void bleu_of_a_corpus_is_what_sacrebleu_says(int order, double expected) {
    List<Bleu.Counts> corpus =
        PAIRS.stream().map(pair -> Bleu.count(pair.answer(), pair.references())).toList();
    assertThat(Bleu.of(corpus, order)).isCloseTo(expected, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.6923076923076921, 0.2262944003945279",
    "1, 0.3678794411714425, 0",
    "2, 0.5384615384615385, 0.1004916995660316",
    "3, 0.33333333333333337, 0",
    "4, 0, 0",
    "5, 0.785714285714286, 0.556854412277591"
  })
  void bleu_of_one_answer_is_what_sacrebleu_says(int at, double one, double four) {
    Pair pair = PAIRS.get(at);
    List<Bleu.Counts> alone = List.of(Bleu.count(pair.answer(), pair.references()));
    assertThat(Bleu.of(alone, 1)).isCloseTo(one, within(1e-12));
    assertThat(Bleu.of(alone, 4)).isCloseTo(four, within(1e-12));
    assertThat(Bleu.of(Collections.nCopies(3, alone.getFirst()), 1)).isCloseTo(one, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.7826086956521738",
    "1, 0.6666666666666666",
    "2, 0.8421052631578948",
    "3, 0.3333333333333333",
    "4, 0",
    "5, 0.8"
  })
  void rouge_is_what_rouge_score_says(int at, double expected) {
    assertThat(RougeL.of(PAIRS.get(at).answer(), PAIRS.get(at).references()))
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void three_of_ten_people_make_an_answer_right_and_each_is_asked_of_the_other_nine() {
    List<String> people =
        List.of("two", "2", "2.", "the two", "3", "3", "many", "4", "5", "6"); // four say 2
    assertThat(TenAnswers.accuracy("2", people)).isEqualTo(1);
    // of the two who say 3 each leaves one, the other eight leave two: (2 * 1/3 + 8 * 2/3) / 10
    assertThat(TenAnswers.accuracy("three", people)).isCloseTo(0.6, within(1e-12));
    assertThat(TenAnswers.accuracy("seven", people)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A dog's bed! | dogs bed",
        "don't | dont",
        "1,000 | 1000",
        "3.5 mm. | 3.5 mm",
        "red/blue, green | red blue green",
        "None | 0"
      })
  void answers_of_people_are_compared_without_what_does_not_count(String text, String plain) {
    assertThat(TenAnswers.normalised(text)).isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "B | 1",
        "(b) | 1",
        "B. the left lung | 1",
        "The answer is C. | 2",
        "Answer: A, not B | 0",
        "It is the left lung. | 1",
        "lung | 0",
        "the left lung or the lung | 1",
        "A heart | 2",
        "E | -1",
        "I cannot tell | -1"
      })
  void the_choice_is_found_by_letter_or_by_words(String answer, int choice) {
    assertThat(ChosenLetter.of(answer, List.of("lung", "left lung", "heart")).orElse(-1))
        .isEqualTo(choice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "It is 1.24 | 1.2 | 1 | true",
        "1.26 | 1.2 | 1 | false",
        "first 3, so 12 | 12 | 0 | true",
        "1,234.5 mm | 1234.5 | 1 | true",
        "-3 | 3 | 0 | false",
        "T2 weighted | 2 | 0 | false",
        "2e2 | 200 | 0 | true",
        "none | 0 | 0 | false"
      })
  void numbers_are_compared_as_far_as_their_decimals_count(
      String answer, String truth, int decimals, boolean same) {
    assertThat(StatedNumber.same(answer, truth, decimals)).isEqualTo(same);
  }

  @Test
  void a_report_states_findings_to_be_there_or_not() {
    assertThat(
            FindingsInText.of(
                "The heart is not enlarged. No pneumothorax or consolidation, but there is a small"
                    + " left pleural effusion. Atelectasis is not seen. Edema has resolved; a"
                    + " nodule in the right lung."))
        .isEqualTo(
            Map.of(
                "cardiomegaly", false,
                "pneumothorax", false,
                "consolidation", false,
                "effusion", true,
                "atelectasis", false,
                "edema", false,
                "nodule", true));
    assertThat(FindingsInText.of("Clear lungs.")).isEmpty();
  }
}
