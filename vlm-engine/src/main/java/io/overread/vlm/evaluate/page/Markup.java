package io.overread.vlm.evaluate.page;

import java.util.Locale;

/** HTML and SVG, written piece by piece; what comes from data goes through {@link #escaped}. */
public final class Markup {

  private final StringBuilder text = new StringBuilder();

  /** Adds a piece of markup, its values formatted as in {@link String#format} of no language. */
  Markup add(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
    return this;
  }

  Markup add(Markup other) {
    text.append(other.text);
    return this;
  }

  static String escaped(String data) {
    return data.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
