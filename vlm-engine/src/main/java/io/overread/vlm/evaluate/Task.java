package io.overread.vlm.evaluate;

import java.util.Arrays;

/** What a prediction is of; the name in the files is {@link #label()}. */
enum Task {
  /** A catalogue's yes/no question. */
  FINDING("finding"),
  /** The same, of a black image. */
  FINDING_BLANK("finding-blank"),
  /** The same finding, by a contrastive model. */
  FINDING_CONTRASTIVE("finding-contrastive"),
  /** The same finding, by both together. */
  FINDING_BESIDE("finding-beside"),
  /** Which modality the image is of. */
  MODALITY("modality"),
  /** Which part of the body it shows. */
  BODY_PART("body-part"),
  /** Whether a pneumonia is bacterial. */
  PNEUMONIA_KIND("pneumonia-kind"),
  /** Which of three brain tumors it is, in words. */
  TUMOR_KIND("tumor-kind"),
  /** A question of a data set of questions. */
  QUESTION("question"),
  /** The same, of a black image. */
  QUESTION_BLANK("question-blank"),
  /** Where a finding is seen. */
  POINTING("pointing"),
  /** Whether the image is read or refused, by the prompt of the report. */
  REFUSAL("refusal"),
  /** The greedy answer beside that of another implementation. */
  PARITY("parity");

  private final String label;

  Task(String label) {
    this.label = label;
  }

  /** The one with this name. */
  static Task labelled(String label) {
    return Arrays.stream(values())
        .filter(task -> task.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new UnusableDataException("there is no task " + label));
  }

  /** The name that stands in files. */
  String label() {
    return label;
  }
}
