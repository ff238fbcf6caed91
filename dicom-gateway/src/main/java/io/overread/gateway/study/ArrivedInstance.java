package io.overread.gateway.study;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger made of a new instance.
 *
 * @param conflicts the keywords of the patient attributes in which it contradicts its study; the
 *     study keeps what its first instance said
 * @param modality its series' Modality (0008,0060)
 * @param at when it was received
 * @param revisionStartedAt when the first instance of the revision being received was
 * @param announced whether a peer said what the study consists of
 */
public record ArrivedInstance(
    String studyInstanceUid,
    List<String> conflicts,
    @Nullable String modality,
    Instant at,
    Instant revisionStartedAt,
    boolean announced) {

  /** Keeps its own copy. */
  public ArrivedInstance {
    conflicts = List.copyOf(conflicts);
  }
}
