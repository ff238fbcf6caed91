package io.overread.vlm.text;

import java.util.Arrays;

/**
 * Turns tokens into text as they come. A character that spans tokens is held back until it is
 * whole; white space is held back until more text follows, so that the pieces joined carry none at
 * either end.
 */
public final class StreamingText {

  private static final char UNFINISHED = '\uFFFD';

  private final ModelTokenizer tokenizer;
  private final StringBuilder emitted = new StringBuilder();
  private String heldSpace = "";
  private int[] ids = new int[16];
  private int count;
  private int contextStart;
  private int emittedTo;

  /** Starts an empty text. */
  public StreamingText(ModelTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** Adds a token and gives the text that it completes, often empty. */
  public String add(int id) {
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, count * 2);
    }
    ids[count++] = id;
    // Decoded with the tokens before it: many decoders treat the first token differently.
    String before = tokenizer.decode(ids, contextStart, emittedTo);
    String with = tokenizer.decode(ids, contextStart, count);
    if (with.length() <= before.length() || with.charAt(with.length() - 1) == UNFINISHED) {
      return "";
    }
    contextStart = emittedTo;
    emittedTo = count;
    return release(with.substring(before.length()));
  }

  /** Ends the text: gives what was held back except an unfinished character. */
  public String finish() {
    String before = tokenizer.decode(ids, contextStart, emittedTo);
    String with = tokenizer.decode(ids, contextStart, count);
    emittedTo = count;
    contextStart = count;
    if (with.length() <= before.length()) {
      return "";
    }
    String rest = with.substring(before.length());
    int end = rest.length();
    while (end > 0 && rest.charAt(end - 1) == UNFINISHED) {
      end--;
    }
    return release(rest.substring(0, end));
  }

  /** All that was given so far. */
  public String text() {
    return emitted.toString();
  }

  private String release(String piece) {
    String whole = heldSpace + piece;
    String stripped = whole.stripTrailing();
    heldSpace = whole.substring(stripped.length());
    String given = emitted.isEmpty() ? stripped.stripLeading() : stripped;
    emitted.append(given);
    return given;
  }
}
