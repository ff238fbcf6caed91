package io.overread.service.journey;

import io.overread.vlm.Answer;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.model.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Asks the model what kind of image it has before it, and compares that with the header. A model
 * that takes an angiogram for a chest radiograph would describe lungs that aren't there; then
 * nothing is drafted but that.
 */
final class ModalityGuard {
  private static final String QUESTION = "What imaging modality is this?";

  private static final Pattern RADIOGRAPH = words("x-?ray|radiograph\\w*|plain film");
  private static final Pattern COMPUTED_TOMOGRAPHY = words("ct|computed tomograph\\w*");
  private static final Pattern MAGNETIC_RESONANCE = words("mri?|magnetic resonance");
  private static final Pattern ULTRASOUND = words("us|ultrasound|sonogra\\w*");

  /** Modality (0008,0060), PS3.3 C.7.3.1.1.1, and how an answer names it. */
  private static final Map<String, Pattern> NAMED =
      Map.of(
          "CR", RADIOGRAPH,
          "DX", RADIOGRAPH,
          "RG", RADIOGRAPH,
          "CT", COMPUTED_TOMOGRAPHY,
          "MR", MAGNETIC_RESONANCE,
          "US", ULTRASOUND);

  /** Why the image should not be read, in a sentence for the radiologist; empty if it may be. */
  Optional<String> objection(Reading reading) {
    String stated =
        CodeString.normalised(reading.sources().getFirst().series().attributes().modality());
    Pattern expected = NAMED.get(stated);
    if (expected == null) {
      return Optional.of(
          "No findings were drafted: reading images of modality "
              + CodeString.shown(stated)
              + " is not supported.");
    }
    Answer seen = seen(reading);
    if (!seen.refused() && expected.matcher(seen.text()).find()) {
      return Optional.empty();
    }
    return Optional.of(
        "No findings were drafted: the header says "
            + stated
            + ", and the model does not recognise the image as such. It answered: "
            + seen.text());
  }

  /** In the model's own words for what it was made to read, where its folder states them. */
  private Answer seen(Reading reading) {
    VisionLanguageModel model = reading.model();
    List<String> words =
        new ArrayList<>(model.limits().scope().areas().stream().map(Scope.Area::word).toList());
    if (words.isEmpty()) {
      return reading.brief(QUESTION);
    }
    model.refusalText().ifPresent(words::add);
    return reading.choice(QUESTION, words);
  }

  private static Pattern words(String alternatives) {
    return Pattern.compile("\\b(" + alternatives + ")\\b", Pattern.CASE_INSENSITIVE);
  }
}
