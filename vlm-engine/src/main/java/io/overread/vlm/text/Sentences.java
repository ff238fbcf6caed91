package io.overread.vlm.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text's sentences, as a report writes them. */
public final class Sentences {

  /** A full stop inside a number or an abbreviation of one letter ends nothing. */
  private static final Pattern END =
      Pattern.compile("(?<![\\s.][A-Za-z])[.!?]+[\"')\\]]*(?=\\s|$)|\\n+");

  private Sentences() {}

  /** The sentences in their order; together they cover all of the text but white space. */
  public static List<Sentence> of(String text) {
    List<Sentence> sentences = new ArrayList<>();
    Matcher end = END.matcher(text);
    int from = 0;
    while (end.find()) {
      add(sentences, text, from, end.end());
      from = end.end();
    }
    add(sentences, text, from, text.length());
    return sentences;
  }

  private static void add(List<Sentence> sentences, String text, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    if (end > start) {
      sentences.add(new Sentence(start, end, text.substring(start, end)));
    }
  }

  /**
   * A sentence.
   *
   * @param start where it starts in the text, in characters
   * @param end where it ends
   * @param text its words, without white space around them
   */
  public record Sentence(int start, int end, String text) {}
}
