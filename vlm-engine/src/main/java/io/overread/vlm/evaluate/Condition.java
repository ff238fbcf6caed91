package io.overread.vlm.evaluate;

/** What a question is asked of; the name in the files is {@link #label()}. */
enum Condition {
  /** Its own images. */
  SEEN("seen"),
  /** A black image. */
  BLANK("blank"),
  /** The images of another question. */
  SHUFFLED("shuffled");

  private final String label;

  Condition(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
