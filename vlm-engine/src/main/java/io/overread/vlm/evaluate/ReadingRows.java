package io.overread.vlm.evaluate;

import io.overread.vlm.evaluate.Prediction.Outcome;
import io.overread.vlm.evaluate.Row.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rows on what an image shows: modality, region and findings. */
final class ReadingRows {

  private static final String NIH = "nih-chestxray14";
  private static final String CHILDREN = "kermany-cxr";
  private static final String BREAST = "busi";
  private static final String BRAIN = "figshare-brain-tumor";
  private static final String CHEST_CT = "iq-othnccd";
  private static final String CHANCE = "chance";
  private static final String MAJORITY = "majority";
  private static final double HALF = 0.5;

  /** Of fewer positives an area says little. */
  private static final int ENOUGH = 10;

  private final Predictions predictions;
  private final List<Row> rows = new ArrayList<>();

  private ReadingRows(Predictions predictions) {
    this.predictions = predictions;
  }

  static List<Row> of(Predictions predictions) {
    ReadingRows reading = new ReadingRows(predictions);
    reading.addModalityAndBodyPart();
    reading.addAdultChest();
    reading.addChildren();
    reading.addBreast();
    reading.addBrain();
    reading.addChestCt();
    return reading.rows;
  }

  private void addModalityAndBodyPart() {
    List<Prediction> modality = predictions.of(Task.MODALITY);
    List<Prediction> part = predictions.of(Task.BODY_PART);
    List<Prediction> both = new ArrayList<>(modality);
    both.addAll(part);
    words("modality and body part", both).map(row -> row.reaching(0.99, 1)).ifPresent(rows::add);
    words("modality", modality).ifPresent(rows::add);
    words("body part", part).ifPresent(rows::add);
  }

  private static java.util.Optional<Row> words(String task, List<Prediction> some) {
    return Row.mean(task, Unit.SHARE, some, Predictions::rightInWords)
        .map(row -> row.beside(MAJORITY, Predictions.majority(some)));
  }

  private void addAdultChest() {
    List<Prediction> findings =
        predictions.of(
            Task.FINDING,
            p -> p.subject().source().equals(NIH) && !"abnormality".equals(p.finding()));
    Map<String, Long> positives =
        findings.stream()
            .filter(Prediction::isTrue)
            .collect(
                Collectors.groupingBy(p -> String.valueOf(p.finding()), Collectors.counting()));
    Set<String> enough = new TreeSet<>();
    positives.forEach(
        (finding, count) -> enough.addAll(count >= ENOUGH ? List.of(finding) : List.of()));
    List<Prediction> kept =
        findings.stream().filter(p -> enough.contains(String.valueOf(p.finding()))).toList();
    Row.of(
            "NIH: mean AUROC over " + enough.size() + " findings",
            Unit.NUMBER,
            kept,
            ReadingRows::meanAuroc)
        .map(row -> row.on(images(kept)).reaching(0.76, 0.82).beside(CHANCE, HALF))
        .ifPresent(rows::add);
    for (String finding : enough) {
      auroc(
          "NIH: " + finding + " (" + positives.get(finding) + " yes), AUROC",
          predictions.ofFinding(NIH, finding));
    }
    add(
        0.89,
        0.93,
        "NIH: no finding against any, AUROC",
        predictions.ofFinding(NIH, "abnormality"));
  }

  private static int images(List<Prediction> some) {
    return (int) some.stream().map(p -> p.subject().id()).distinct().count();
  }

  /** The mean over findings; one that a resample has no yes or no no of is left out of it. */
  static double meanAuroc(List<Prediction> drawn) {
    Map<String, List<Prediction>> byFinding =
        drawn.stream().collect(Collectors.groupingBy(p -> String.valueOf(p.finding())));
    return byFinding.values().stream()
        .mapToDouble(RankedAnswers::auroc)
        .filter(area -> !Double.isNaN(area))
        .average()
        .orElse(Double.NaN);
  }

  private void addChildren() {
    add(
        0.99,
        0.995,
        "children: normal against pneumonia, AUROC",
        predictions.ofFinding(CHILDREN, "pneumonia"));
    add(
        0.84,
        0.87,
        "children: bacteria against virus, AUROC",
        predictions.of(Task.PNEUMONIA_KIND, CHILDREN));
  }

  private void addBreast() {
    add(
        0.92,
        0.96,
        "breast ultrasound: malignant against the rest, AUROC",
        predictions.ofFinding(BREAST, "breast-malignancy"));
  }

  private void addBrain() {
    List<Prediction> chosen = likeliestTumor(predictions.of(Task.FINDING, BRAIN));
    words("brain MR: tumor of three, highest log odds", chosen)
        .map(row -> row.reaching(0.92, 0.96))
        .ifPresent(rows::add);
    words("brain MR: tumor of three, in words", predictions.of(Task.TUMOR_KIND, BRAIN))
        .map(row -> row.reaching(0.92, 0.96))
        .ifPresent(rows::add);
  }

  /** Of each image the tumor with the highest log odds, beside the stated one. */
  private static List<Prediction> likeliestTumor(List<Prediction> findings) {
    Map<String, List<Prediction>> byImage = new LinkedHashMap<>();
    findings.forEach(
        p -> byImage.computeIfAbsent(p.subject().id(), id -> new ArrayList<>()).add(p));
    List<Prediction> chosen = new ArrayList<>();
    for (List<Prediction> image : byImage.values()) {
      Prediction best = image.getFirst();
      String truth = "";
      for (Prediction one : image) {
        best = logOdds(one) > logOdds(best) ? one : best;
        truth = one.isTrue() ? String.valueOf(one.finding()) : truth;
      }
      chosen.add(
          new Prediction(
              best.subject(),
              Task.TUMOR_KIND,
              null,
              null,
              "",
              truth,
              new Outcome(best.finding(), null, null, 0, false, null, List.of())));
    }
    return chosen;
  }

  private static double logOdds(Prediction prediction) {
    Double odds = prediction.outcome().logOdds();
    return odds == null ? Double.NEGATIVE_INFINITY : odds;
  }

  /** A benign lesion is neither: the source's normal images are those without a lesion. */
  private void addChestCt() {
    Set<String> withoutLesion =
        predictions.ofFinding(CHEST_CT, "ct-lesion").stream()
            .filter(p -> !p.isTrue())
            .map(p -> p.subject().id())
            .collect(Collectors.toSet());
    List<Prediction> malignantOrNormal =
        predictions.ofFinding(CHEST_CT, "ct-malignancy").stream()
            .filter(p -> p.isTrue() || withoutLesion.contains(p.subject().id()))
            .toList();
    add(0.97, 0.99, "chest CT: malignant against normal, AUROC", malignantOrNormal);
  }

  private void add(double atLeast, double aim, String task, List<Prediction> some) {
    Row.of(task, Unit.NUMBER, some, RankedAnswers::auroc)
        .map(row -> row.reaching(atLeast, aim).beside(CHANCE, HALF))
        .ifPresent(rows::add);
  }

  private void auroc(String task, List<Prediction> some) {
    Row.of(task, Unit.NUMBER, some, RankedAnswers::auroc)
        .map(row -> row.beside(CHANCE, HALF))
        .ifPresent(rows::add);
  }
}
