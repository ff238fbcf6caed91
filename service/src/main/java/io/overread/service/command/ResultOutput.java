package io.overread.service.command;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output for a command's result alone: while it is open, what libraries print goes to
 * standard error.
 */
final class ResultOutput implements AutoCloseable {
  private final PrintStream standard = System.out;
  private final PrintStream result = new PrintStream(standard, true, StandardCharsets.UTF_8);

  ResultOutput() {
    System.setOut(System.err);
  }

  /** Where the result goes, in UTF-8. */
  PrintStream stream() {
    return result;
  }

  @Override
  public void close() {
    result.flush();
    System.setOut(standard);
  }
}
