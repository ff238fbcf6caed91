package io.overread.vlm.evaluate;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;

/** Is told how far a run is; by one thread at a time. */
public interface Progress {

  /** So many of so many images are done, after so many seconds. */
  void done(int done, int total, double seconds);

  /** Something else that a user should know. */
  void tell(String line);

  /** A line now and then. */
  static Progress lines(Consumer<String> out) {
    return new Progress() {
      private static final int EVERY = 50;

      @Override
      public void done(int done, int total, double seconds) {
        if (done % EVERY == 0 || done == total) {
          tell(String.format(Locale.ROOT, "%d of %d images, %.0f s", done, total, seconds));
        }
      }

      @Override
      public void tell(String line) {
        out.accept(line);
      }
    };
  }

  /** A bar on a terminal, drawn again over itself. */
  static Progress bar(PrintStream terminal) {
    return new ProgressBar(terminal);
  }
}
