package io.overread.gateway.instance;

/** How an arriving instance fared. Each is what the peer is told with one status. */
public sealed interface StoreOutcome {

  /** On disk, its row and its audit entry committed. */
  record Stored(StoredInstance instance) implements StoreOutcome {}

  /** The same object was stored before; nothing changed. */
  record AlreadyStored(String sopInstanceUid) implements StoreOutcome {}

  /** Another object is stored under this SOP Instance UID; this one is in quarantine. */
  record DifferentObject(String sopInstanceUid) implements StoreOutcome {}

  /**
   * The object can't be taken as what it claims to be; it is in quarantine.
   *
   * @param detail what was wrong; holds no patient data
   */
  record Malformed(Defect defect, String detail) implements StoreOutcome {}

  /**
   * There is no room, or no database; nothing was kept, the peer may try again.
   *
   * @param detail why; holds no patient data
   */
  record OutOfResources(String detail) implements StoreOutcome {}
}
