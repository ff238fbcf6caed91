package io.overread.gateway.instance;

/** When a peer is told that an instance is stored. */
public enum Acknowledgement {
  /**
   * When the bytes are durable, with a name that tells all the rest. The row and the audit entry
   * follow within moments; should the process end before, the next start writes them before it
   * listens. So the peer waits for one fsync.
   */
  DURABLE,
  /** When its row and its audit entry are committed too. */
  COMMITTED
}
