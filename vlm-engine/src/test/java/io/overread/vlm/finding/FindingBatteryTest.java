package io.overread.vlm.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.overread.vlm.AnswerScore;
import io.overread.vlm.EncodedStudy;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.tiny.TinyModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FindingBatteryTest {

  private static final Coding CODE = new Coding("urn:example", "1", "one");

  @Test
  void every_finding_is_scored_in_its_order_and_calibrated_by_its_question() {
    FindingCatalogue catalogue =
        catalogue(List.of(finding("heart", "Heart?"), finding("nodule", "Is there a nodule?")));
    try (VisionLanguageModel model = TinyModel.PLAIN.load();
        EncodedStudy study = model.encode(List.of(TinyModel.picture()))) {
      List<ScoredFinding> scored =
          FindingBattery.run(model, study, catalogue, BatteryProgress.NONE);
      List<AnswerScore> scores = model.score(study, List.of("Heart?", "Is there a nodule?"));
      assertThat(scored).extracting(s -> s.finding().id()).containsExactly("heart", "nodule");
      // overread.json: scale 0.5 and bias -0.25, but 2 and 0.5 for the nodule
      assertThat(scored.get(0).probability())
          .isCloseTo(sigmoid(0.5 * scores.get(0).logOdds() - 0.25), within(1e-6));
      assertThat(scored.get(1).probability())
          .isCloseTo(sigmoid(2 * scores.get(1).logOdds() + 0.5), within(1e-6));
      assertThat(scored.get(0).probabilityOfNeither()).isBetween(0.0, 1.0);
    }
  }

  @Test
  void progress_is_told_up_to_the_end() {
    List<Finding> findings =
        IntStream.range(0, 40).mapToObj(i -> finding("f" + i, "Is there " + i + "?")).toList();
    List<Integer> done = new ArrayList<>();
    try (VisionLanguageModel model = TinyModel.PLAIN.load();
        EncodedStudy study = model.encode(List.of(TinyModel.picture()))) {
      FindingBattery.run(model, study, catalogue(findings), (n, total) -> done.add(n));
    }
    assertThat(done).isSorted().endsWith(40);
  }

  @Test
  void a_catalogue_without_findings_asks_nothing() {
    try (VisionLanguageModel model = TinyModel.PLAIN.load();
        EncodedStudy study = model.encode(List.of(TinyModel.picture()))) {
      assertThat(FindingBattery.run(model, study, catalogue(List.of()), BatteryProgress.NONE))
          .isEmpty();
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static Finding finding(String id, String question) {
    return new Finding(id, id, question, "There is.", "There is not.", List.of(), null);
  }

  private static FindingCatalogue catalogue(List<Finding> findings) {
    return new FindingCatalogue("test", Set.of("DX"), Set.of(), "", CODE, findings);
  }
}
