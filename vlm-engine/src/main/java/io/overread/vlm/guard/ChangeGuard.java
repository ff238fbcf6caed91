package io.overread.vlm.guard;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Statements of change. The model is shown one study, so it can't know what was before; models
 * trained on clinical reports write such statements all the same.
 */
public final class ChangeGuard implements SentenceGuard {

  private static final Objection OBJECTION =
      new Objection(
          Guard.CHANGE_WITHOUT_PRIOR,
          "It speaks of a change, and the model was shown no earlier study.");

  /** What is denser or brighter than usual is "increased" too: that is no change in time. */
  private static final String DESCRIPTIVE =
      "(?:\\s+\\w+)?\\s+(?:density|densities|attenuation|opacity|opacities|opacification|signal"
          + "|intensity|uptake|echogenicity|lucency|markings|thickness|vascularity|enhancement"
          + "|activity|pressure|translucency|interstitial\\w*|radiolucency|perfusion)\\b";

  private static final Pattern CHANGE =
      Pattern.compile(
          "\\b(?:unchanged|no (?:significant |interval |relevant"
              + " )*change|interval|changed|previous(?:ly)?|prior"
              + " (?:study|exam\\w*|radiograph|image|film|ct|mri?|scan)|priors?\\b(?="
              + " (?:is|are|was|were|from|of|dated))|compar(?:ed|ison|ing)(?: is made)?"
              + " (?:with|to)|in comparison|since (?:the|last|prior|previous)|again"
              + " (?:seen|noted|demonstrated|shown)|(?:re)?developed|newly|new(?!"
              + " ?born)|(?:has|have|had) (?:\\w+"
              + " )?(?:increas|decreas|progress|improv|worsen|resolv|regress)\\w*"
              + "|(?:increas(?:ed|ing)|decreas(?:ed|ing))(?!"
              + DESCRIPTIVE
              + ")|worsen(?:ed|ing)|improv(?:ed|ing|ement)|progress(?:ed|ion|ive|ing)"
              + "|regress(?:ed|ion|ing)|(?:un)?resolved|resolving|persist(?:s|ed|ent|ing)?"
              + "|stable|remains?|no longer|follow(?:ing|ed)?[- ]up)\\b",
          Pattern.CASE_INSENSITIVE);

  private final boolean priorShown;

  /** Objects unless an earlier study was among the images. */
  public ChangeGuard(boolean priorShown) {
    this.priorShown = priorShown;
  }

  @Override
  public Optional<Objection> objection(String sentence) {
    return !priorShown && CHANGE.matcher(sentence).find()
        ? Optional.of(OBJECTION)
        : Optional.empty();
  }
}
