package io.overread.vlm.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was measured.
 *
 * @param of what subgroups, curve and reliability are about, for people
 * @param rows the table
 * @param subgroups parts of the patients
 * @param gaps between the best and the worst of them
 * @param curve how the error falls with the share that is kept
 * @param reliability probabilities beside shares
 */
record Figures(
    String of,
    List<Row> rows,
    List<Subgroup> subgroups,
    List<Gap> gaps,
    List<RiskCoverage.Kept> curve,
    List<Reliability.Bin> reliability) {

  Figures {
    rows = List.copyOf(rows);
    subgroups = List.copyOf(subgroups);
    gaps = List.copyOf(gaps);
    curve = List.copyOf(curve);
    reliability = List.copyOf(reliability);
  }

  /** Of a folder of images. */
  static Figures of(Predictions predictions) {
    List<Row> all = new ArrayList<>(ReadingRows.of(predictions));
    all.addAll(BesideRows.of(predictions));
    all.addAll(QuestionRows.of(predictions));
    all.addAll(TrustRows.of(predictions));
    List<Prediction> findings = predictions.of(Task.FINDING);
    return new Figures(
        "yes/no findings",
        all,
        Subgroup.of(predictions),
        Subgroup.Split.of(predictions).stream()
            .filter(split -> !split.by().equals("source")) // other questions, not other patients
            .map(split -> Gap.of(split, (Prediction p) -> p.isRightAtHalf() ? 1 : 0))
            .flatMap(Optional::stream)
            .toList(),
        RiskCoverage.of(findings),
        Reliability.of(findings));
  }
}
