package io.overread.gateway.study;

/**
 * What peers said of a study, held against what is here.
 *
 * @param named how many instances they named in all; 0 where nobody said anything
 * @param missing how many of those are not here
 * @param unnamed how many instances no completed revision holds and nobody named
 * @param brokenOff whether a procedure step was discontinued
 * @param by how and by whom it was said, in words
 */
record Announcements(int named, int missing, int unnamed, boolean brokenOff, String by) {

  static final Announcements NONE = new Announcements(0, 0, 0, false, "");

  CompletenessTable.Announced state() {
    if (named == 0 || (missing == 0 && unnamed > 0)) {
      return CompletenessTable.Announced.NOTHING;
    }
    if (missing > 0) {
      return CompletenessTable.Announced.SOME_MISSING;
    }
    return brokenOff
        ? CompletenessTable.Announced.BROKEN_OFF
        : CompletenessTable.Announced.ALL_HERE;
  }
}
