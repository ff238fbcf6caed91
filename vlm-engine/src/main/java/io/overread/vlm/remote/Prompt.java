package io.overread.vlm.remote;

import io.overread.vlm.decoding.Decoding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request, before a protocol words it.
 *
 * @param model its name at the engine
 * @param instructions what comes before all
 * @param images PNG in base64
 * @param question cleared of what identifies the patient
 * @param decoding how tokens are chosen
 * @param form what answer is wanted
 */
record Prompt(
    String model,
    String instructions,
    List<String> images,
    String question,
    Decoding decoding,
    Form form) {

  /**
   * What answer is wanted.
   *
   * @param logProbabilities of each token
   * @param alternatives how many of the most probable tokens at each place, 0 for none
   * @param choices the only answers, as the field {@code answer} of a JSON object; null for any
   *     text
   */
  record Form(boolean logProbabilities, int alternatives, @Nullable List<String> choices) {}
}
