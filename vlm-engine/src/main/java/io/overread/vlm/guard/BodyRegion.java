package io.overread.vlm.guard;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Regions of the body, with the words that belong to one of them alone. Words of several regions
 * (ventricle, spine, shoulder, lobe) are in none.
 */
enum BodyRegion {
  HEAD(
      "brains?|cerebr\\w+|cerebell\\w+|skulls?|pituitary|midbrain|hippocamp\\w*|thalam\\w+|orbits?"
          + "|eyes?|eyeballs?|frontal lobes?|parietal lobes?|occipital lobes?|temporal lobes?"
          + "|gyr(?:us|i)|sulc(?:us|i)|falx|mandible|teeth"),
  CHEST(
      "lungs?|pulmonary|heart|cardiac|cardiomegaly|pleura\\w*|pneumothora\\w+|mediastin\\w+|ribs?"
          + "|aortic arch|aortic knob|diaphragm\\w*|hemidiaphragm\\w*|bronch\\w+|hilum|hila"
          + "|costophrenic|sternum|clavicles?|scapula\\w*"),
  BREAST("breasts?|nipples?|mammary"),
  ABDOMEN(
      "liver|hepatic|spleen|splenic|kidneys?|renal|pancrea\\w+|gallbladder|bowel|colon|stomach"
          + "|appendi\\w+|duoden\\w+|adrenals?|intestin\\w+|cecum|jejun\\w+"),
  PELVIS("bladder|prostate|uter(?:us|ine)|ovar(?:y|ies|ian)|rectum|sacrum"),
  UPPER_EXTREMITY(
      "elbows?|wrists?|(?<!other )hands?|fingers?|thumbs?|ulna|metacarp\\w+|scaphoid|forearms?"),
  LOWER_EXTREMITY(
      "femurs?|tibias?|fibulas?|knees?|patella\\w*|menisc\\w+|ankles?|foot|feet|toes?|calcane\\w+"
          + "|metatars\\w+|talus|thighs?");

  private final Pattern words;

  BodyRegion(String words) {
    this.words = Pattern.compile("\\b(?:" + words + ")\\b", Pattern.CASE_INSENSITIVE);
  }

  /** A word that was found, and where it belongs. */
  record Named(BodyRegion region, String word) {}

  /** What a text names, one word a region. */
  static List<Named> named(String text) {
    return Stream.of(values())
        .flatMap(
            region ->
                region
                    .words
                    .matcher(text)
                    .results()
                    .limit(1)
                    .map(match -> new Named(region, match.group())))
        .toList();
  }

  /**
   * What images of a part may show, neighbours at their edges included; everything where the part
   * is not one of those whose images rule something out.
   *
   * @param bodyPart a defined term of Body Part Examined (PS3.16 Annex L), or null
   */
  static Set<BodyRegion> shownBy(@Nullable String bodyPart) {
    return switch (bodyPart == null ? "" : bodyPart.strip().toUpperCase(Locale.ROOT)) {
      case "HEAD", "BRAIN", "SKULL" -> EnumSet.of(HEAD);
      case "CHEST", "LUNG", "THORAX", "HEART" -> EnumSet.of(CHEST, BREAST, ABDOMEN);
      case "BREAST" -> EnumSet.of(BREAST, CHEST);
      case "ABDOMEN", "LIVER", "KIDNEY" -> EnumSet.of(ABDOMEN, CHEST, PELVIS);
      case "PELVIS", "BLADDER", "PROSTATE" -> EnumSet.of(PELVIS, ABDOMEN, LOWER_EXTREMITY);
      case "HAND", "WRIST", "FOREARM", "ELBOW", "FINGER" -> EnumSet.of(UPPER_EXTREMITY);
      case "FOOT", "ANKLE", "LEG", "KNEE", "TOE" -> EnumSet.of(LOWER_EXTREMITY);
      default -> EnumSet.allOf(BodyRegion.class);
    };
  }
}
