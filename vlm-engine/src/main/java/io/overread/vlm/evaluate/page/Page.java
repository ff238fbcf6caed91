package io.overread.vlm.evaluate.page;

import java.util.List;

/**
 * A page.
 *
 * @param title its heading
 * @param about what was measured, on what and with what, a line each
 * @param plots pictures, in their order
 * @param tables below them
 */
public record Page(String title, List<String> about, List<Plot> plots, List<Table> tables) {

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #5b6570;
        --grid: #dfe3e8; --bar: #2f6db5; --line: #1b1f24; --base: #b3400e; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --paper: #15181c;
        --soft: #a9b2bc; --grid: #343a42; --bar: #6ea8ec; --line: #f4f5f7; --base: #ff9d6b; } }
      body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
        max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
      h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
      p, li { max-width: 46rem; } .about { color: var(--soft); padding-left: 1.2rem; }
      svg { width: 100%; height: auto; font: 13px system-ui, sans-serif; } .square { max-width: 35rem; }
      svg text { fill: var(--ink); } svg .tick { fill: var(--soft); font-size: 12px; }
      .grid { stroke: var(--grid); } .bar { fill: var(--bar); } .point { fill: var(--bar); }
      .interval { stroke: var(--line); stroke-width: 1.5; fill: none; }
      .baseline { stroke: var(--base); stroke-width: 2; stroke-dasharray: 4 3; }
      .curve { stroke: var(--bar); stroke-width: 2.5; fill: none; }
      .wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .9rem; }
      caption { text-align: left; font-weight: 600; padding: .4rem 0; }
      th, td { border-bottom: 1px solid var(--grid); padding: .25rem .8rem .25rem 0; text-align: left;
        font-variant-numeric: tabular-nums; } th[scope=row] { font-weight: 400; }
      summary { cursor: pointer; color: var(--soft); }
      """;

  /** Keeps its own copies. */
  public Page {
    about = List.copyOf(about);
    plots = List.copyOf(plots);
    tables = List.copyOf(tables);
  }

  /** The whole document. It runs no script, and its policy forbids it to load anything. */
  public String html() {
    Markup html = new Markup();
    html.add("<!doctype html>").add("<html lang=\"en\"><head><meta charset=\"utf-8\">");
    html.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    html.add(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
            + " 'unsafe-inline'\">");
    html.add("<title>%s</title>", Markup.escaped(title));
    html.add("<style>%s</style></head><body><main>", STYLE);
    html.add("<h1>%s</h1><ul class=\"about\">", Markup.escaped(title));
    about.forEach(line -> html.add("<li>%s</li>", Markup.escaped(line)));
    html.add("</ul>");
    int number = 0;
    for (Plot plot : plots) {
      html.add(plot.figure(number++));
    }
    tables.forEach(
        table ->
            html.add("<section><h2>%s</h2>", Markup.escaped(table.caption()))
                .add(table.markup())
                .add("</section>"));
    return html.add("</main></body></html>").toString();
  }
}
