package io.overread.service.journey;

import io.overread.vlm.Answer;
import io.overread.vlm.decoding.Decoding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a draft was made, as far as its analysis does not say.
 *
 * @param place where
 * @param decoding how tokens were chosen; the seed is the analysis's
 * @param text what came of it
 * @param pixelDigests of the frames as the model was given them
 */
record DraftRun(Place place, Decoding decoding, Text text, List<String> pixelDigests) {

  DraftRun {
    pixelDigests = List.copyOf(pixelDigests);
  }

  /** Who wrote a draft's text. */
  enum Author {
    /** The model. */
    MODEL,
    /** A guard, saying why nothing was drafted. */
    GUARD
  }

  /**
   * Where a draft was made.
   *
   * @param runsOn the execution provider, or the host of a remote model
   * @param processors how many there were
   * @param platform service, Java, operating system and architecture
   */
  record Place(String runsOn, int processors, String platform) {

    /** This process. */
    static Place here(String runsOn) {
      String version = DraftRun.class.getPackage().getImplementationVersion();
      return new Place(
          runsOn,
          Runtime.getRuntime().availableProcessors(),
          "overread %s, Java %s, %s %s"
              .formatted(
                  version == null ? "unpackaged" : version,
                  System.getProperty("java.version"),
                  System.getProperty("os.name"),
                  System.getProperty("os.arch")));
    }
  }

  /**
   * A draft's text.
   *
   * @param words as they stand in the draft
   * @param tokens that the model made them of; null of a model that gives none, empty of a guard's
   * @param finishReason why it ended; null of a guard's
   */
  record Text(
      String words, Author author, @Nullable List<Integer> tokens, @Nullable String finishReason) {

    private static final String NOTHING_WRITTEN =
        "The model wrote no text about this image; see its findings.";

    static Text of(Answer answer) {
      return new Text(
          answer.text().isBlank() ? NOTHING_WRITTEN : answer.text(),
          Author.MODEL,
          answer.tokens().isEmpty() && !answer.text().isBlank() ? null : answer.tokens(),
          answer.finishReason().name());
    }

    static Text ofGuard(String objection) {
      return new Text(objection, Author.GUARD, List.of(), null);
    }
  }
}
