package io.overread.reporting.finding;

/**
 * A sentence of a draft that a guard objects to. It stays where it is and is kept out of the
 * conclusion.
 *
 * @param sentence word for word as in the draft; empty where the objection is to the image,
 *     whatever is said of it
 * @param doubt what is wrong with it
 */
public record DraftMark(String sentence, Doubt doubt) {

  /** What there is against the image itself. */
  public static DraftMark ofImage(Doubt doubt) {
    return new DraftMark("", doubt);
  }
}
