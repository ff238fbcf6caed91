package io.overread.service.command;

import io.overread.audit.ChainVerdict;
import io.overread.audit.ChainVerifier;
import io.overread.db.Database;
import io.overread.db.DatabaseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code audit verify}: reads the audit table alone, beside a running service or without one. */
final class VerifyAudit {
  private VerifyAudit() {}

  static int run(List<String> words) {
    if (words.isEmpty() || !words.getFirst().equals("verify")) {
      throw new UsageException("say: audit verify");
    }
    String head = head(words.subList(1, words.size()));
    ChainVerdict verdict;
    try {
      verdict =
          Database.read(
              Environment.ofProcess().settings().database(),
              connection -> new ChainVerifier().verify(connection, head));
    } catch (DatabaseException | IllegalArgumentException e) {
      System.err.println("overread: " + e.getMessage());
      return CommandLine.USAGE;
    }
    return switch (verdict) {
      case ChainVerdict.Intact intact -> {
        System.out.println(
            "The audit chain is intact: "
                + intact.entries()
                + " entries, head "
                + intact.entries()
                + ":"
                + intact.headDigest());
        yield CommandLine.DONE;
      }
      case ChainVerdict.Broken broken -> {
        System.out.println(
            "The audit chain is broken at entry " + broken.sequence() + ": " + broken.reason());
        yield CommandLine.FAILED;
      }
    };
  }

  private static @Nullable String head(List<String> words) {
    if (words.isEmpty()) {
      return null;
    }
    if (words.size() == 2
        && words.get(0).equals("--head")
        && words.get(1).matches("\\d{1,18}:[0-9a-f]{64}")) {
      return words.get(1);
    }
    throw new UsageException("audit verify takes nothing but --head N:DIGEST");
  }
}
