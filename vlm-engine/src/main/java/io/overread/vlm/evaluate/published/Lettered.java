package io.overread.vlm.evaluate.published;

import io.overread.vlm.evaluate.text.ChosenLetter;
import java.util.List;

/** How choices are put to a model that is to answer with a letter. */
final class Lettered {

  private Lettered() {}

  static String words(String question, List<String> choices) {
    StringBuilder words = new StringBuilder(question);
    for (int i = 0; i < choices.size(); i++) {
      words.append('\n').append(ChosenLetter.letter(i)).append(". ").append(choices.get(i));
    }
    return words.append("\nAnswer with the letter of the right choice.").toString();
  }
}
