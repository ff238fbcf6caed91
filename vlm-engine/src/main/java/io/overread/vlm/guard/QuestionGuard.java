package io.overread.vlm.guard;

import io.overread.vlm.guard.BodyRegion.Named;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Questions whose every answer would be made up, told from their words: about a change without an
 * earlier study, about a length, about a part of the body that the images don't show. A bare "no"
 * gives the other guards nothing to look at.
 */
public final class QuestionGuard {

  private static final Objection CHANGE =
      new Objection(
          Guard.CHANGE_WITHOUT_PRIOR,
          "The question is about a change, and the model was shown no earlier study.");

  private static final Objection MEASUREMENT =
      new Objection(
          Guard.MEASUREMENT, "The question asks for a measurement, and the model can't measure.");

  private static final String STUDY =
      "(?:study|exam\\w*|radiograph|image|film|ct|mri?|scan|x-?ray)";

  private static final String CHANGED =
      "(?:increased|decreased|grown|shrunk|progressed|improved|worsened|resolved|regressed|changed"
          + "|cleared|stayed|remained)";

  /** Words of time: "Is the heart size increased?" asks of one image, and is answered. */
  private static final Pattern OF_CHANGE =
      Pattern.compile(
          "\\b(?:since (?:the|his|her|their|last|prior|previous|yesterday|admission|surgery)"
              + "|(?:than|as|from|with|to|in) (?:the |an? |his |her )?(?:before\\b|(?:last|prior"
              + "|previous|earlier) (?:one\\b|study|exam\\w*|radiograph|image|film|ct|mri?|scan))"
              + "|(?:last|prior|previous|earlier) (?:\\w+ )?"
              + STUDY
              + "|interval (?:change|increase|decrease|growth|development|improvement|progression)"
              + "|over time|no longer|any longer|unchanged|newly|new or old"
              + "|(?:has|have|had) (?:(?!there)[\\w' -]{1,60} )?"
              + CHANGED
              + "|(?:is|are) (?:this|these|it|they|the [\\w -]{1,40}) (?:new|stable)(?=\\W*$))",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern OF_MEASUREMENT =
      Pattern.compile(
          "\\b(?:how (?:large|big|wide|thick|deep|tall) (?:is|are|was|were)|how many"
              + " (?:mm|cm|milli\\w+|centi\\w+|degrees)|(?:what|which) (?:is|are) (?:the )?(?:\\w+"
              + " ){0,3}(?:sizes?|diameters?|lengths?"
              + "|widths?|thickness|volumes?|angles?|distances?|dimensions?|circumferences?|ratios?)\\b|measure"
              + " (?:the|this|it)|in (?:mm|cm|milli\\w+|centi\\w+)\\b)",
          Pattern.CASE_INSENSITIVE);

  /** What asks which part is shown may name any. */
  private static final Pattern OF_THE_IMAGE =
      Pattern.compile(
          "\\b(?:this|these|it)\\b(?: \\w+){0,3} " + STUDY + "|" + STUDY + "\\w* of\\b",
          Pattern.CASE_INSENSITIVE);

  private final boolean priorShown;
  private final Set<BodyRegion> shown;
  private final String parts;

  /**
   * For a study.
   *
   * @param priorShown whether the model is shown an earlier study too
   * @param bodyParts defined terms of Body Part Examined (0018,0015) of all its images; one that is
   *     null or not known rules no part out
   */
  public QuestionGuard(boolean priorShown, Collection<@Nullable String> bodyParts) {
    this.priorShown = priorShown;
    this.shown = EnumSet.noneOf(BodyRegion.class);
    for (String part : bodyParts) {
      shown.addAll(BodyRegion.shownBy(part));
    }
    this.parts =
        bodyParts.stream()
            .map(part -> part == null ? "" : part.strip().toUpperCase(Locale.ROOT))
            .distinct()
            .collect(Collectors.joining(", "));
  }

  /** What there is against answering; empty if nothing. */
  public Optional<Objection> objection(String question) {
    if (!priorShown && OF_CHANGE.matcher(question).find()) {
      return Optional.of(CHANGE);
    }
    if (OF_MEASUREMENT.matcher(question).find()) {
      return Optional.of(MEASUREMENT);
    }
    List<Named> named = BodyRegion.named(question);
    if (named.isEmpty()
        || named.stream().anyMatch(name -> shown.contains(name.region()))
        || OF_THE_IMAGE.matcher(question).find()) {
      return Optional.empty();
    }
    return Optional.of(
        new Objection(
            Guard.OUT_OF_SCOPE,
            "The question is about the "
                + named.getFirst().word().toLowerCase(Locale.ROOT)
                + ", and these images are of the "
                + parts
                + "."));
  }
}
