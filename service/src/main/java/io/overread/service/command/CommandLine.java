package io.overread.service.command;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

/** Chooses the command and turns what goes wrong into one line and an exit status. */
public final class CommandLine {
  /** Not an exit status: the process goes on serving. */
  public static final int SERVING = -1;

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  private static final String HELP =
      """
      java -jar overread.jar [COMMAND]

        serve                        receives studies, drafts reports, serves the console (default)
        demo                         serves, and sends itself synthetic chest radiographs
        send FILE|FOLDER... [--to AET@HOST:PORT]
             [--tls [--key FILE --certificate FILE] [--trust FILE]]
                                     sends DICOM files, by default to the service of this machine; over TLS
                                     with the keys of OVERREAD_TLS_*, or with those of the PEM files
        samples FOLDER               writes the demo's synthetic chest radiographs as DICOM files
        audit verify [--head N:DIGEST]
                                     verifies the audit chain: exit 0, or 1 and the first broken entry
        password [USER]              gives a user (admin) a new password and prints it
        passcode                     prints the hash of a DICOM user's passcode, read from the input
        model verify DIR             tells whether a model folder can be used
        evaluate --data FOLDER [--model DIR] [--split dev|train|all]
                 [--json FILE] [--predictions FILE] [--reference FILE]
                                     measures how often a model is right on images with known answers
        help                         this

      The settings are environment variables (OVERREAD_HOME and others); the README lists them.
      """;

  private CommandLine() {}

  /** Runs a command. Returns its exit status or {@link #SERVING}. */
  public static int run(String... arguments) {
    List<String> words = Arrays.asList(arguments);
    String command = words.isEmpty() ? "serve" : words.getFirst();
    List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
    try {
      return switch (command) {
        case "serve" -> rest.isEmpty() ? Serve.run() : usage("serve takes no arguments");
        case "demo" -> rest.isEmpty() ? Demo.run() : usage("demo takes no arguments");
        case "send" -> Send.run(rest);
        case "samples" -> Samples.run(rest);
        case "audit" -> VerifyAudit.run(rest);
        case "password" -> ResetPassword.run(rest);
        case "passcode" -> HashPasscode.run(rest);
        case "model" -> VerifyModel.run(rest);
        case "evaluate" -> Evaluate.run(rest);
        case "help", "--help", "-h" -> help(System.out, DONE);
        default -> usage("there is no command '" + command + "'");
      };
    } catch (UsageException e) {
      return usage(e.getMessage());
    }
  }

  private static int usage(String problem) {
    System.err.println("overread: " + problem);
    return help(System.err, USAGE);
  }

  private static int help(PrintStream out, int status) {
    out.print(HELP);
    return status;
  }
}
