package io.overread.vlm.evaluate.page;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table; its first column names the rows.
 *
 * @param caption what it shows
 * @param heads of the columns
 * @param rows as many cells each as there are heads
 */
public record Table(String caption, List<String> heads, List<List<String>> rows) {

  /** Keeps its own copies. */
  public Table {
    heads = List.copyOf(heads);
    rows = rows.stream().map(List::copyOf).toList();
  }

  Markup markup() {
    Markup table = new Markup().add("<div class=\"wide\" tabindex=\"0\" role=\"region\"");
    table.add("aria-label=\"%s\"><table>", Markup.escaped(caption));
    table.add("<caption>%s</caption>", Markup.escaped(caption));
    table.add(
        "<thead><tr>%s</tr></thead><tbody>",
        heads.stream()
            .map(head -> "<th scope=\"col\">" + Markup.escaped(head) + "</th>")
            .collect(Collectors.joining()));
    for (List<String> row : rows) {
      table.add(
          "<tr><th scope=\"row\">%s</th>%s</tr>",
          Markup.escaped(row.getFirst()),
          row.stream()
              .skip(1)
              .map(cell -> "<td>" + Markup.escaped(cell) + "</td>")
              .collect(Collectors.joining()));
    }
    return table.add("</tbody></table></div>");
  }
}
