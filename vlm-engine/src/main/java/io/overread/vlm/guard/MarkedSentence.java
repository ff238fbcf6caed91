package io.overread.vlm.guard;

import io.overread.vlm.ImageDependence;
import io.overread.vlm.text.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sentence that a guard objects to; it stays in the text.
 *
 * @param text the sentence, word for word
 * @param objection what is wrong with it
 */
public record MarkedSentence(String text, Objection objection) {

  /**
   * What is wrong with a text, sentence by sentence; a sentence stands there once for each guard.
   *
   * @param dependence how much its sentences owe to the image; empty where that isn't known
   * @param leastShift a sentence that owes it less is marked; null marks none
   */
  public static List<MarkedSentence> in(
      String text,
      List<SentenceGuard> guards,
      Optional<ImageDependence> dependence,
      @Nullable Double leastShift) {
    List<MarkedSentence> marked = new ArrayList<>();
    for (Sentences.Sentence sentence : Sentences.of(text)) {
      if (leastShift != null && dependence.isPresent()) {
        double least = leastShift;
        dependence.get().sentences().stream()
            .filter(each -> each.text().equals(sentence.text()))
            .filter(each -> each.part().shift() < least)
            .findFirst()
            .ifPresent(each -> marked.add(new MarkedSentence(sentence.text(), INDEPENDENT)));
      }
      for (SentenceGuard guard : guards) {
        guard
            .objection(sentence.text())
            .ifPresent(objection -> marked.add(new MarkedSentence(sentence.text(), objection)));
      }
    }
    return marked;
  }

  /** Of a sentence or a finding that is as likely without the image. */
  public static final Objection INDEPENDENT =
      new Objection(
          Guard.IMAGE_INDEPENDENT,
          "The model would say so without the image: it does not depend on it.");
}
