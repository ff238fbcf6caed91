package io.overread.vlm.evaluate.page;

/** A picture with its numbers. */
public sealed interface Plot permits Bars, Curve {

  /** Its heading. */
  String title();

  /** What it shows, in a sentence or two. */
  String caption();

  /** The picture, drawn in a box of its own. */
  Markup drawn();

  /** The same numbers as a table. */
  Table numbers();

  /** The whole: heading, picture and numbers. */
  default Markup figure(int number) {
    String title = "plot-title-" + number;
    String text = "plot-text-" + number;
    return new Markup()
        .add("<section aria-labelledby=\"%s\">", title)
        .add("<h2 id=\"%s\">%s</h2>", title, Markup.escaped(title()))
        .add("<p id=\"%s\">%s</p>", text, Markup.escaped(caption()))
        .add(drawn())
        .add("<details><summary>The numbers</summary>")
        .add(numbers().markup())
        .add("</details></section>");
  }
}
