package io.overread.service.command;

import io.overread.gateway.identity.PasscodeHash;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code passcode}: prints the hash of a passcode, as the settings of DICOM users hold it. It reads
 * the passcode from its input: an argument would be seen by all users of the machine.
 */
final class HashPasscode {
  private HashPasscode() {}

  static int run(List<String> words) {
    if (!words.isEmpty()) {
      throw new UsageException("passcode takes no arguments: it reads the passcode from its input");
    }
    String passcode = read();
    if (passcode == null || passcode.isEmpty()) {
      System.err.println("overread: there is no passcode in the input");
      return CommandLine.FAILED;
    }
    System.out.println(PasscodeHash.of(passcode).text());
    return CommandLine.DONE;
  }

  private static @Nullable String read() {
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      char[] typed = console.readPassword("Passcode: ");
      return typed == null ? null : new String(typed);
    }
    try {
      return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
          .readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
