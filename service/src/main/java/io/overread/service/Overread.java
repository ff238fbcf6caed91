package io.overread.service;

import io.overread.service.command.CommandLine;

/** The executable jar's main class: {@code java -jar overread.jar COMMAND}. */
public final class Overread {
  private Overread() {}

  /** Runs a command; ends the process with its exit status unless it serves on. */
  public static void main(String[] arguments) {
    int status = CommandLine.run(arguments);
    if (status != CommandLine.SERVING) {
      System.exit(status);
    }
  }
}
