package io.overread.gateway.study;

import static io.overread.gateway.study.CompletenessTable.Announced.ALL_HERE;
import static io.overread.gateway.study.CompletenessTable.Announced.BROKEN_OFF;
import static io.overread.gateway.study.CompletenessTable.Announced.NOTHING;
import static io.overread.gateway.study.CompletenessTable.Expected.IS_HERE;
import static io.overread.gateway.study.CompletenessTable.Expected.NO_RULE;
import static io.overread.gateway.study.CompletenessTable.Outcome.COMPLETE;
import static io.overread.gateway.study.CompletenessTable.Outcome.PARTIAL;
import static io.overread.gateway.study.CompletenessTable.Outcome.WAIT;
import static io.overread.gateway.study.CompletenessTable.Time.ARRIVING;
import static io.overread.gateway.study.CompletenessTable.Time.ARRIVING_AT_THE_END;
import static io.overread.gateway.study.CompletenessTable.Time.QUIET;
import static io.overread.gateway.study.CompletenessTable.Time.QUIET_AT_THE_END;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What becomes of a study that is being received, as one table. The first row that fits decides;
 * every combination has one.
 */
final class CompletenessTable {

  /** How the clock stands to the study. */
  enum Time {
    /** The quiet time since the last instance is not over. */
    ARRIVING,
    /** It is. */
    QUIET,
    /** As ARRIVING, and the longest time since the revision's first instance is over. */
    ARRIVING_AT_THE_END,
    /** As QUIET, and that longest time is over. */
    QUIET_AT_THE_END
  }

  /** What peers said of the study, by MPPS or Instance Availability Notification. */
  enum Announced {
    /** Nothing, or something that doesn't name all that came since. */
    NOTHING,
    /** Instances of which some are not here. */
    SOME_MISSING,
    /** Exactly what is here. */
    ALL_HERE,
    /** Exactly what is here, and that the procedure step was discontinued. */
    BROKEN_OFF
  }

  /** What the rules expect of such a study. */
  enum Expected {
    NO_RULE,
    IS_HERE,
    IS_MISSING
  }

  /** What to do. */
  enum Outcome {
    WAIT,
    PARTIAL,
    COMPLETE
  }

  private record Row(
      Set<Time> time, Set<Announced> announced, Set<Expected> expected, Outcome outcome) {}

  private static final Set<Time> AT_THE_END = EnumSet.of(ARRIVING_AT_THE_END, QUIET_AT_THE_END);
  private static final Set<Time> SILENT = EnumSet.of(QUIET, QUIET_AT_THE_END);
  private static final Set<Time> ANY_TIME = EnumSet.allOf(Time.class);
  private static final Set<Announced> ANYTHING = EnumSet.allOf(Announced.class);
  private static final Set<Expected> FULFILLED = EnumSet.of(NO_RULE, IS_HERE);
  private static final Set<Expected> WHATEVER = EnumSet.allOf(Expected.class);

  private static final List<Row> ROWS =
      List.of(
          // Who made the images says that these are all: there is nothing to wait for.
          new Row(ANY_TIME, EnumSet.of(ALL_HERE), FULFILLED, COMPLETE),
          new Row(ANY_TIME, EnumSet.of(BROKEN_OFF), WHATEVER, PARTIAL),
          // They say so, and a rule says that something is missing; a moment of silence decides.
          new Row(SILENT, EnumSet.of(ALL_HERE), WHATEVER, PARTIAL),
          // Nobody said anything: silence is all there is to go by.
          new Row(SILENT, EnumSet.of(NOTHING), FULFILLED, COMPLETE),
          // Waiting has an end.
          new Row(AT_THE_END, ANYTHING, WHATEVER, PARTIAL),
          new Row(EnumSet.of(ARRIVING, QUIET), ANYTHING, WHATEVER, WAIT));

  private CompletenessTable() {}

  static Outcome outcome(Time time, Announced announced, Expected expected) {
    return ROWS.stream()
        .filter(
            row ->
                row.time().contains(time)
                    && row.announced().contains(announced)
                    && row.expected().contains(expected))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no row for " + time))
        .outcome();
  }
}
