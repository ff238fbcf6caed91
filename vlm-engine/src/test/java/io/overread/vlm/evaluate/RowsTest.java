package io.overread.vlm.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.overread.vlm.evaluate.Prediction.Outcome;
import io.overread.vlm.finding.FindingRegion.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which predictions a row is computed from. */
class RowsTest {

  @Test
  void the_tumor_with_the_highest_log_odds_is_the_one_of_three() {
    List<Prediction> some = new ArrayList<>();
    tumor(some, "a", "glioma", 2, -1, -3);
    tumor(some, "b", "meningioma", 1, 5, -3);
    tumor(some, "c", "meningioma", 1, 0.5, -3);
    Row row = named(ReadingRows.of(new Predictions(some)), "brain MR: tumor of three, highest");
    assertThat(row.n()).isEqualTo(3);
    assertThat(row.interval().measured()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(Objects.requireNonNull(row.baseline()).value()).isCloseTo(2.0 / 3, within(1e-12));
  }

  @Test
  void a_benign_nodule_of_the_chest_is_neither_malignant_nor_normal() {
    List<Prediction> some = new ArrayList<>();
    chestCt(some, "malignant", true, true, 0.8);
    chestCt(some, "normal", false, false, 0.2);
    chestCt(some, "benign", true, false, 0.9); // would turn the ranking
    Row row = named(ReadingRows.of(new Predictions(some)), "chest CT: malignant against normal");
    assertThat(row.n()).isEqualTo(2);
    assertThat(row.interval().measured()).isEqualTo(1);
  }

  @Test
  void the_mean_over_findings_leaves_out_those_with_fewer_than_ten_positives() {
    List<Prediction> some = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      boolean odd = i % 2 == 1;
      some.add(finding("i" + i, "nih-chestxray14", "edema", odd, odd ? 1 : 0));
      some.add(finding("i" + i, "nih-chestxray14", "mass", odd, 0));
      some.add(finding("i" + i, "nih-chestxray14", "hernia", i < 9, 0));
      some.add(finding("i" + i, "nih-chestxray14", "abnormality", odd, odd ? 0 : 1));
    }
    List<Row> rows = ReadingRows.of(new Predictions(some));
    Row mean = named(rows, "NIH: mean AUROC over 2 findings");
    assertThat(mean.n()).isEqualTo(20);
    assertThat(mean.interval().measured()).isCloseTo(0.75, within(1e-12));
    assertThat(named(rows, "NIH: no finding against any").interval().measured()).isZero();
    assertThat(rows).noneMatch(row -> row.task().contains("hernia"));
  }

  @Test
  void a_point_on_any_of_the_boxes_is_a_hit_and_their_area_is_chance() {
    List<Prediction> some =
        List.of(
            Told.point("figshare-brain-tumor", 0.5, 0.5, new Box(0.4, 0.4, 0.2, 0.2)),
            Told.point("figshare-brain-tumor", 0.9, 0.5, new Box(0.4, 0.4, 0.2, 0.2)),
            Told.point("hc18", 0.1, 0.1, new Box(0.5, 0.5, 0.5, 0.5), new Box(0, 0, 0.2, 0.2)));
    List<Row> rows = TrustRows.of(new Predictions(some));
    Row both = named(rows, "pointing game: brain tumor and fetal head");
    assertThat(both.interval().measured()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(Objects.requireNonNull(both.baseline()).value())
        .isCloseTo((0.04 + 0.04 + 0.29) / 3, within(1e-12));
    assertThat(rows.get(1).task()).isEqualTo("pointing game: brain tumor");
    assertThat(rows.get(1).interval().measured()).isEqualTo(0.5);
  }

  @Test
  void images_that_are_not_medical_are_refused_above_what_real_ones_get() {
    List<Prediction> some = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      some.add(Told.refusal("real" + i, true, i == 0 ? 0.9 : 0.1));
    }
    some.add(Told.refusal("noise1", false, 0.5));
    some.add(Told.refusal("noise2", false, 0.05));
    List<Row> rows = TrustRows.of(new Predictions(some));
    assertThat(named(rows, "refused at 5 % false refusal: images").interval().measured())
        .isEqualTo(0.5);
    assertThat(named(rows, "refused at 5 % false refusal: real").interval().measured())
        .isEqualTo(0.05);
  }

  @Test
  void what_a_black_image_loses_is_the_difference_of_the_accuracies() {
    List<Prediction> some =
        List.of(
            Told.words(Task.QUESTION, "vqa-rad", "PRES/CLOSED", "yes", "yes"),
            Told.words(Task.QUESTION, "vqa-rad", "SIZE/CLOSED", "no", "no"),
            Told.words(Task.QUESTION_BLANK, "vqa-rad", "PRES/CLOSED", "yes", "yes"),
            Told.words(Task.QUESTION_BLANK, "vqa-rad", "SIZE/CLOSED", "yes", "no"));
    Row row = named(TrustRows.of(new Predictions(some)), "accuracy lost on a black image: VQA-RAD");
    assertThat(row.n()).isEqualTo(2);
    assertThat(row.interval().measured()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void questions_are_told_apart_by_source_and_type() {
    List<Prediction> some =
        List.of(
            Told.words(Task.QUESTION, "vqa-rad", "PRES/CLOSED", "No.", "no"),
            Told.words(Task.QUESTION, "vqa-rad", "PLANE/CLOSED", "AP", "PA"),
            Told.words(Task.QUESTION, "vqa-rad", "POS/OPEN", "left lung", "the left lung"),
            Told.words(Task.QUESTION, "vqa-med-2019", "PLANE/OPEN", "axial", "Axial"),
            Told.words(Task.QUESTION, "vqa-med-2019", "ABN/OPEN", "x", "y"));
    List<Row> rows = QuestionRows.of(new Predictions(some));
    assertThat(named(rows, "VQA-RAD closed, accuracy").interval().measured()).isEqualTo(0.5);
    assertThat(named(rows, "VQA-RAD closed, the yes/no part").n()).isEqualTo(1);
    assertThat(named(rows, "VQA-RAD and VQA-Med open").interval().measured())
        .isCloseTo(2.0 / 3, within(1e-12));
    assertThat(named(rows, "VQA-Med modality, plane and organ").n()).isEqualTo(1);
  }

  @Test
  void no_row_stands_for_what_was_not_asked() {
    Predictions none = new Predictions(List.of());
    assertThat(ReadingRows.of(none)).isEmpty();
    assertThat(QuestionRows.of(none)).isEmpty();
    assertThat(TrustRows.of(none)).isEmpty();
    assertThat(Subgroup.of(none)).isEmpty();
  }

  private static void tumor(
      List<Prediction> some, String id, String truth, double glioma, double meningioma, double p) {
    double[] odds = {glioma, meningioma, p};
    String[] findings = {"glioma", "meningioma", "pituitary-tumor"};
    for (int i = 0; i < 3; i++) {
      some.add(
          finding(id, "figshare-brain-tumor", findings[i], findings[i].equals(truth), odds[i]));
    }
  }

  private static void chestCt(
      List<Prediction> some, String id, boolean lesion, boolean malignant, double score) {
    some.add(finding(id, "iq-othnccd", "ct-lesion", lesion, score));
    some.add(finding(id, "iq-othnccd", "ct-malignancy", malignant, score));
  }

  private static Prediction finding(
      String id, String source, String finding, boolean truth, double score) {
    return new Prediction(
        Subject.alone(id, source),
        Task.FINDING,
        finding,
        "Is it there?",
        "",
        truth ? "yes" : "no",
        new Outcome(null, score, score, 0, false, null, List.of()));
  }

  private static Row named(List<Row> rows, String start) {
    return rows.stream().filter(row -> row.task().startsWith(start)).findFirst().orElseThrow();
  }
}
