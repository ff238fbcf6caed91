package io.overread.vlm.evaluate.published;

import java.util.ArrayList;
import java.util.List;

/** A list of texts as Python prints it: {@code ['a', "it's"]}. */
final class PythonList {

  private final String text;
  private int at;

  private PythonList(String text) {
    this.text = text;
  }

  static List<String> of(String text) {
    return new PythonList(text.strip()).read();
  }

  private List<String> read() {
    List<String> read = new ArrayList<>();
    if (text.isEmpty()) {
      return read;
    }
    expect('[');
    skipBlanks();
    while (peek() != ']') {
      read.add(element());
      skipBlanks();
      if (peek() != ']') {
        expect(',');
        skipBlanks();
      }
    }
    return read;
  }

  private String element() {
    char quote = peek();
    if (quote != '\'' && quote != '"') {
      return bare();
    }
    at++;
    StringBuilder element = new StringBuilder();
    while (peek() != quote) {
      char next = text.charAt(at++);
      element.append(next == '\\' ? escaped() : next);
    }
    at++;
    return element.toString();
  }

  /** A number stands without quotes. */
  private String bare() {
    int from = at;
    while (peek() != ',' && peek() != ']') {
      at++;
    }
    return text.substring(from, at).strip();
  }

  private String escaped() {
    char code = peek();
    at++;
    return switch (code) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case '\\', '\'', '"' -> String.valueOf(code);
      default -> "\\" + code;
    };
  }

  private char peek() {
    if (at >= text.length()) {
      throw new IllegalArgumentException("a list that does not end: " + text);
    }
    return text.charAt(at);
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw new IllegalArgumentException("no list: " + text);
    }
    at++;
  }

  private void skipBlanks() {
    while (Character.isWhitespace(peek())) {
      at++;
    }
  }
}
