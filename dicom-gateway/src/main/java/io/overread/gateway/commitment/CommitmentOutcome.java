package io.overread.gateway.commitment;

import java.util.Map;
import java.util.Set;

/** What became of a request of ours. */
public sealed interface CommitmentOutcome {

  /** The Transaction UID that {@link CommitmentRequests#ask} returned. */
  String transactionUid();

  /**
   * The peer answered.
   *
   * @param committed SOP Instance UIDs that it has taken charge of
   * @param failed Failure Reason (0008,1197) of each of the others, by SOP Instance UID; 0 where it
   *     gave none
   */
  record Answered(String transactionUid, Set<String> committed, Map<String, Integer> failed)
      implements CommitmentOutcome {
    /** Copies both. */
    public Answered {
      committed = Set.copyOf(committed);
      failed = Map.copyOf(failed);
    }

    /** Whether it has taken charge of all. */
    public boolean isComplete() {
      return failed.isEmpty();
    }
  }

  /**
   * The peer could not be asked, or never answered.
   *
   * @param detail why, without patient data
   */
  record Unanswered(String transactionUid, String detail) implements CommitmentOutcome {}
}
