package io.overread.vlm.evaluate;

import java.io.PrintStream;
import java.util.Locale;

/** A bar that is drawn over itself, with the time that is left at the pace so far. */
final class ProgressBar implements Progress {

  private static final int WIDTH = 30;
  private static final String TO_LINE_START = "\r";
  private static final String CLEAR_TO_END = "\u001b[K";

  private final PrintStream terminal;
  private boolean drawn;

  ProgressBar(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public void done(int done, int total, double seconds) {
    int full = (int) ((long) WIDTH * done / Math.max(1, total));
    terminal.printf(
        Locale.ROOT,
        "%s[%s%s] %d of %d images, %s, about %s left%s",
        TO_LINE_START,
        "#".repeat(full),
        "-".repeat(WIDTH - full),
        done,
        total,
        clock(seconds),
        clock(seconds / Math.max(1, done) * (total - done)),
        CLEAR_TO_END);
    drawn = true;
    if (done == total) {
      endLine();
    }
    terminal.flush();
  }

  @Override
  public void tell(String line) {
    endLine();
    terminal.println(line);
  }

  private void endLine() {
    if (drawn) {
      terminal.println();
      drawn = false;
    }
  }

  private static String clock(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }
}
