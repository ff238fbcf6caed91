package io.overread.vlm.guard;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lengths, areas, volumes, densities and angles. The model sees an image scaled to its own size and
 * knows no Pixel Spacing (0028,0030): what it says of them is made up.
 */
public final class MeasurementGuard implements SentenceGuard {

  private static final Objection OBJECTION =
      new Objection(Guard.MEASUREMENT, "It states a measurement, and the model can't measure.");

  private static final String NUMBER =
      "(?:\\d|\\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|half)\\b)";

  private static final Pattern MEASUREMENT =
      Pattern.compile(
          NUMBER
              + "[\\d.,]*\\s*-?\\s*(?:x\\s*[\\d.,]+\\s*)*"
              + "(?:mm|cm|millimet(?:er|re)s?|centimet(?:er|re)s?|inch(?:es)?|ml|cc|mm[23²³]|cm[23²³]|hu|hounsfield(?:"
              + " units?)?|degrees?)(?![a-z])|[\\d]\\s*°|\\d[\\d.,]*\\s*[x×]\\s*\\d|\\b(?:measur(?:es|ed|ing)|diameter"
              + " of|ratio (?:of|is))\\b[^.]*"
              + NUMBER,
          Pattern.CASE_INSENSITIVE);

  @Override
  public Optional<Objection> objection(String sentence) {
    return MEASUREMENT.matcher(sentence).find() ? Optional.of(OBJECTION) : Optional.empty();
  }
}
