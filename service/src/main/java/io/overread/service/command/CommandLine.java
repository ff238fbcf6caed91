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
        model verify DIR             tells what a model folder is, what it needs, and whether it runs
        model import CHECKPOINT DIR [--quantise int8|q4] [--python PYTHON]
                                     exports a Hugging Face checkpoint (safetensors) to a model folder,
                                     by a Python that has torch, transformers and onnx
        replay REPORT [--model DIR] [--contrastive DIR]
                                     runs a stored draft (id of a report, or UID of a study) again: exit 0
                                     if it is the same to the last token, 1 if not, 2 if it can't be
        evaluate --data FOLDER [--model DIR] [--split dev|train|all]
                 [--format records|vqa-rad|slake|pathvqa|vqav2|ocrbench|mmmu|mathvista|jsonl]
                 [--json FILE] [--html FILE] [--predictions FILE] [--resume FILE]
                 [--baselines yes|no] [--instruction TEXT] [--reference FILE]
                 [--contrastive DIR [--weight 0.5] [--fit FILE]]
                                     measures how often a model is right on images with known answers;
                                     with --resume it goes on where it was broken off; --contrastive
                                     measures one beside it, --fit writes its calibration as overread.json
        guards --data FOLDER [--model DIR [--fit]] [--pointing IMAGES]
                                     measures the guards; --fit writes their limits into the model;
                                     --pointing only how well it points, on so many of each finding
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
        case "model" -> model(rest);
        case "replay" -> ReplayDraft.run(rest);
        case "evaluate" -> Evaluate.run(rest);
        case "guards" -> Guards.run(rest);
        case "help", "--help", "-h" -> help(System.out, DONE);
        default -> usage("there is no command '" + command + "'");
      };
    } catch (UsageException e) {
      return usage(e.getMessage());
    }
  }

  private static int model(List<String> words) {
    String action = words.isEmpty() ? "" : words.getFirst();
    List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
    return switch (action) {
      case "verify" -> VerifyModel.run(rest);
      case "import" -> ImportModel.run(rest);
      default -> throw new UsageException("say: model verify DIR, or model import CHECKPOINT DIR");
    };
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
