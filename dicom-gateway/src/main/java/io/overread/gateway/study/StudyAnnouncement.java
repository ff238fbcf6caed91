package io.overread.gateway.study;

import java.util.List;

/**
 * A peer says what a study consists of.
 *
 * @param announcementUid which notification or performed procedure step says so; the same one again
 *     replaces what it said before
 * @param callingAeTitle who says so
 * @param sopInstanceUids the instances that it names
 */
public record StudyAnnouncement(
    String studyInstanceUid,
    String announcementUid,
    Kind kind,
    String callingAeTitle,
    List<String> sopInstanceUids) {

  private static final int MOST_INSTANCES = 100_000;
  private static final int LONGEST_UID = 64;

  /** Bounds what a peer can make us keep. */
  public StudyAnnouncement {
    sopInstanceUids = List.copyOf(sopInstanceUids);
    requireUid(studyInstanceUid);
    requireUid(announcementUid);
    if (sopInstanceUids.size() > MOST_INSTANCES) {
      throw new IllegalArgumentException("more than " + MOST_INSTANCES + " instances are named");
    }
    sopInstanceUids.forEach(StudyAnnouncement::requireUid);
  }

  private static void requireUid(String uid) {
    if (uid.isEmpty() || uid.length() > LONGEST_UID) {
      throw new IllegalArgumentException("a UID has 1 to 64 characters");
    }
  }

  /** How it says so. */
  public enum Kind {
    /** Instance Availability Notification (PS3.4 R). */
    AVAILABLE("notification"),
    /** Modality Performed Procedure Step, COMPLETED (PS3.4 F.7). */
    STEP_COMPLETED("performed procedure step"),
    /** Modality Performed Procedure Step, DISCONTINUED. */
    STEP_DISCONTINUED("discontinued procedure step");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }
}
