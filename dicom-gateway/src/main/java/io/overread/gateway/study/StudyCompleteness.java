package io.overread.gateway.study;

import io.overread.gateway.study.CompletenessTable.Announced;
import io.overread.gateway.study.CompletenessTable.Expected;
import io.overread.gateway.study.CompletenessTable.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges whether a study that is being received is complete; see {@link CompletenessTable}. */
public final class StudyCompleteness {

  /** Instances that were announced are looked at in batches, not each by itself. */
  private static final Duration SETTLING = Duration.ofSeconds(2);

  private final Duration quietElse;
  private final Map<String, Duration> quiet;
  private final Duration longest;
  private final ExpectedByRule expected;

  /**
   * By the settings.
   *
   * @param quietElse the quiet time of modalities that have none of their own
   */
  public StudyCompleteness(CompletenessProperties properties, Duration quietElse) {
    this.quietElse = quietElse;
    this.quiet = properties.quietTimes();
    this.longest = properties.longest();
    this.expected = new ExpectedByRule(properties.expected());
  }

  /** What is known of a study while its row is locked. */
  record Received(
      Study study, List<Series> series, Instant revisionStartedAt, Announcements announcements) {}

  /** What to do with it. */
  sealed interface Verdict {

    /** Look again then. */
    record Wait(Instant until) implements Verdict {}

    /** Close the revision. */
    record Close(Completeness completeness, String reason) implements Verdict {}
  }

  /** When to look at a study after an instance of the modality came to it. */
  Instant lookAfter(ArrivedInstance arrived) {
    Duration wait = arrived.announced() ? SETTLING : quietOf(arrived.modality());
    return earlier(arrived.at().plus(wait), arrived.revisionStartedAt().plus(longest));
  }

  Verdict judge(Received received, Instant now) {
    Duration quietTime = quietOf(received.series());
    Instant quietAt = received.study().progress().lastInstanceAt().plus(quietTime);
    Instant endAt = received.revisionStartedAt().plus(longest);
    boolean silent = !now.isBefore(quietAt);
    boolean atEnd = !now.isBefore(endAt);
    List<String> missing = expected.missing(received.study(), received.series());
    Announcements announcements = received.announcements();
    return switch (CompletenessTable.outcome(
        time(silent, atEnd), announcements.state(), expected(missing))) {
      case WAIT -> new Verdict.Wait(silent ? endAt : earlier(quietAt, endAt));
      case COMPLETE ->
          new Verdict.Close(
              Completeness.COMPLETE, completeReason(announcements, missing, quietTime));
      case PARTIAL ->
          new Verdict.Close(
              Completeness.PARTIAL, partialReason(announcements, missing, silent, atEnd));
    };
  }

  private static Time time(boolean silent, boolean atEnd) {
    if (atEnd) {
      return silent ? Time.QUIET_AT_THE_END : Time.ARRIVING_AT_THE_END;
    }
    return silent ? Time.QUIET : Time.ARRIVING;
  }

  private static Expected expected(@Nullable List<String> missing) {
    if (missing == null) {
      return Expected.NO_RULE;
    }
    return missing.isEmpty() ? Expected.IS_HERE : Expected.IS_MISSING;
  }

  private static String completeReason(
      Announcements announcements, @Nullable List<String> missing, Duration quietTime) {
    String reason =
        announcements.state() == Announced.ALL_HERE
            ? "all %d images that %s named are here"
                .formatted(announcements.named(), announcements.by())
            : "quiet for " + inWords(quietTime);
    return missing == null ? reason : reason + ", everything expected is here";
  }

  private String partialReason(
      Announcements announcements, @Nullable List<String> missing, boolean silent, boolean atEnd) {
    List<String> reasons = new ArrayList<>();
    Announced announced = announcements.state();
    if (announced == Announced.BROKEN_OFF) {
      reasons.add("the procedure step was discontinued, says " + announcements.by());
    } else if (announced == Announced.ALL_HERE) {
      reasons.add("no more will come, says " + announcements.by());
    } else if (atEnd) {
      reasons.add("forced end after " + inWords(longest));
    }
    if (announced == Announced.SOME_MISSING) {
      reasons.add(
          "%d of the %d images that %s named are missing"
              .formatted(announcements.missing(), announcements.named(), announcements.by()));
    }
    if (missing != null) {
      reasons.addAll(missing);
    }
    if (atEnd && !silent) {
      reasons.add("images were still arriving");
    }
    return String.join(", ", reasons);
  }

  private Duration quietOf(List<Series> series) {
    return series.stream()
        .map(each -> quietOf(each.attributes().modality()))
        .max(Duration::compareTo)
        .orElse(quietElse);
  }

  private Duration quietOf(@Nullable String modality) {
    return modality == null
        ? quietElse
        : quiet.getOrDefault(modality.strip().toUpperCase(Locale.ROOT), quietElse);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static String inWords(Duration duration) {
    if (duration.toMillis() % 1000 != 0) {
      return duration.toMillis() + " ms";
    }
    long seconds = duration.toSeconds();
    return seconds > 60 && seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }
}
