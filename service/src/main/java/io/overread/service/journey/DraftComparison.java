package io.overread.service.journey;

import io.overread.reporting.finding.ContrastiveScore;
import io.overread.reporting.finding.RecordedFinding;
import io.overread.reporting.text.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What differs between a draft and the same one made again, in words. */
final class DraftComparison {
  private static final int CONTEXT = 30;

  private DraftComparison() {}

  static List<String> findings(List<RecordedFinding> recorded, List<RecordedFinding> now) {
    List<String> differences = new ArrayList<>();
    if (recorded.size() != now.size()) {
      differences.add("findings: recorded %d, now %d".formatted(recorded.size(), now.size()));
    }
    for (int i = 0; i < Math.min(recorded.size(), now.size()); i++) {
      RecordedFinding.Score then = recorded.get(i).score();
      RecordedFinding.Score again = now.get(i).score();
      String name = "finding " + recorded.get(i).question().findingId();
      if (!recorded.get(i).question().equals(now.get(i).question())) {
        differences.add(name + ": another question is asked now");
      } else if (!Objects.equals(then.probability(), again.probability())) {
        differences.add(
            String.format(
                Locale.ROOT,
                "%s: probability recorded %s, now %s",
                name,
                then.probability(),
                again.probability()));
      } else if (!Objects.equals(then.contrastive(), again.contrastive())) {
        differences.add(
            "%s: scored beside as %s, now %s"
                .formatted(name, beside(then.contrastive()), beside(again.contrastive())));
      } else if (!Objects.equals(then.present(), again.present())) {
        differences.add(name + ": the same probability is called otherwise now");
      }
    }
    return differences;
  }

  private static String beside(@Nullable ContrastiveScore score) {
    return score == null ? "nothing" : Double.toString(score.logOdds());
  }

  /** At the first token that differs, where tokens are known; else at the first character. */
  static List<String> text(DraftRun.Text recorded, DraftRun.Text now) {
    List<String> differences = new ArrayList<>();
    if (recorded.author() != now.author()) {
      differences.add("text: written by the %s, now by the %s".formatted(by(recorded), by(now)));
      return differences;
    }
    List<Integer> then = recorded.tokens();
    List<Integer> again = now.tokens();
    if (then != null && again != null && !then.equals(again)) {
      int at = mismatch(then, again);
      differences.add(
          "text diverges at token %d of %d: recorded %s, now %s"
              .formatted(at + 1, then.size(), token(then, at), token(again, at)));
    }
    String before = plain(recorded.words());
    String after = plain(now.words());
    if (!before.equals(after)) {
      int at = 0;
      while (at < Math.min(before.length(), after.length())
          && before.charAt(at) == after.charAt(at)) {
        at++;
      }
      differences.add(
          "text diverges at character %d: recorded \"%s\", now \"%s\""
              .formatted(at + 1, around(before, at), around(after, at)));
    }
    return differences;
  }

  private static String by(DraftRun.Text text) {
    return text.author().name().toLowerCase(Locale.ROOT);
  }

  private static int mismatch(List<Integer> one, List<Integer> other) {
    int at = 0;
    while (at < Math.min(one.size(), other.size()) && one.get(at).equals(other.get(at))) {
      at++;
    }
    return at;
  }

  private static String token(List<Integer> tokens, int at) {
    return at < tokens.size() ? tokens.get(at).toString() : "the end";
  }

  /** As a draft is stored. */
  private static String plain(String text) {
    return PlainText.of("draft", text, PlainText.LONGEST_TEXT).value();
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - CONTEXT), Math.min(text.length(), at + CONTEXT));
  }
}
