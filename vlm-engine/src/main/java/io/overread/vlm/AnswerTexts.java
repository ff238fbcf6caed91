package io.overread.vlm;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.model.ModelManifest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The token sequences that count as a yes and as a no.
 *
 * @param yes token ids of each way to say yes
 * @param no token ids of each way to say no
 */
record AnswerTexts(List<List<Integer>> yes, List<List<Integer>> no) {

  static AnswerTexts of(ModelManifest manifest, PromptBuilder prompts) {
    return new AnswerTexts(
        manifest.yes().isEmpty() ? guessed(prompts, "yes") : stated(prompts, manifest.yes(), "yes"),
        manifest.no().isEmpty() ? guessed(prompts, "no") : stated(prompts, manifest.no(), "no"));
  }

  private static List<List<Integer>> stated(
      PromptBuilder prompts, List<String> texts, String name) {
    Set<List<Integer>> sequences = new LinkedHashSet<>();
    for (String text : texts) {
      List<Integer> ids = ids(prompts, text);
      if (ids.isEmpty()) {
        throw new ModelFormatException(
            ModelManifest.FILE + ": answers." + name, "an answer has no tokens");
      }
      sequences.add(ids);
    }
    return List.copyOf(sequences);
  }

  /** Without a word from the model's folder: every usual spelling that is a single token. */
  private static List<List<Integer>> guessed(PromptBuilder prompts, String word) {
    String capital = Character.toUpperCase(word.charAt(0)) + word.substring(1);
    Set<List<Integer>> single = new LinkedHashSet<>();
    for (String text : List.of(capital, word, " " + capital, " " + word)) {
      List<Integer> ids = ids(prompts, text);
      if (ids.size() == 1) {
        single.add(ids);
      }
    }
    return single.isEmpty() ? List.of(ids(prompts, capital)) : new ArrayList<>(single);
  }

  private static List<Integer> ids(PromptBuilder prompts, String text) {
    return Arrays.stream(prompts.answer(text)).boxed().toList();
  }
}
