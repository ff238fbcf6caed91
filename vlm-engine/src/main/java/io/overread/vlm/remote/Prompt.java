package io.overread.vlm.remote;

import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.decoding.JsonForm;
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
   * The same once more, of which a sampled answer will be another one.
   *
   * @param times how often it was asked before
   */
  Prompt again(int times) {
    Decoding other = decoding.from(decoding.seed() + times);
    return new Prompt(model, instructions, images, question, other, form);
  }

  /**
   * What answer is wanted.
   *
   * @param logProbabilities of each token
   * @param alternatives how many of the most probable tokens at each place, 0 for none
   * @param json the only answers; null for any text
   * @param binding whether no other answer is taken
   */
  record Form(
      boolean logProbabilities, int alternatives, @Nullable JsonForm json, boolean binding) {

    /** Any text. */
    static Form free(boolean logProbabilities, int alternatives) {
      return new Form(logProbabilities, alternatives, null, false);
    }

    /** What every answer has to be within; null if nothing is. */
    @Nullable JsonForm bound() {
      return binding ? json : null;
    }
  }
}
