package io.overread.vlm.guard;

import io.overread.vlm.guard.marker.Side;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Statements of a side that the image can't show, or that the model can't tell. */
public final class LateralityGuard implements SentenceGuard {

  private static final Pattern SIDE =
      Pattern.compile(
          "\\b(?:(left|sinistral)|(right|dextral)|(bilateral(?:ly)?|both"
              + " (?:sides|lungs|breasts|hands|feet|knees|hips|kidneys|hemithoraces)))(?:-?sided|ward)?\\b(?!"
              + " (?:away|now|over|angles?))",
          Pattern.CASE_INSENSITIVE);

  private final Set<Side> shown;
  private final String reason;
  private final boolean untold;

  private LateralityGuard(Set<Side> shown, String reason, boolean untold) {
    this.shown = shown;
    this.reason = reason;
    this.untold = untold;
  }

  /** For an image of one side, as its header says. */
  public static LateralityGuard of(Side only) {
    return ofOne(only, "its header says ");
  }

  /** For an image of one side, as the marker on it says. */
  public static LateralityGuard ofMarker(Side only) {
    return ofOne(only, "the side marker on it says ");
  }

  private static LateralityGuard ofOne(Side only, String source) {
    return new LateralityGuard(
        EnumSet.of(only),
        "It names a side that this image does not show: " + source + only.word() + ".",
        false);
  }

  /** For an image of both sides, in the orientation that the model has learnt. */
  public static LateralityGuard ofBoth() {
    return new LateralityGuard(EnumSet.allOf(Side.class), "", false);
  }

  /**
   * For an image or a model that tells no sides apart.
   *
   * @param why the reason that is given, a sentence
   */
  public static LateralityGuard untold(String why) {
    return new LateralityGuard(EnumSet.allOf(Side.class), why, true);
  }

  @Override
  public Optional<Objection> objection(String sentence) {
    Set<Side> named = named(sentence);
    if (named.isEmpty()) {
      return Optional.empty();
    }
    return !untold && shown.containsAll(named)
        ? Optional.empty()
        : Optional.of(new Objection(Guard.LATERALITY, reason));
  }

  private static Set<Side> named(String sentence) {
    Set<Side> named = EnumSet.noneOf(Side.class);
    Matcher matcher = SIDE.matcher(sentence);
    while (matcher.find()) {
      if (matcher.group(1) != null) {
        named.add(Side.LEFT);
      } else if (matcher.group(2) != null) {
        named.add(Side.RIGHT);
      } else {
        named.addAll(EnumSet.allOf(Side.class));
      }
    }
    return named;
  }
}
