package io.overread.gateway.instance;

import java.util.HashMap;
import java.util.Map;

/**
 * Which SOP Instance UIDs are being received. What was asked about one at the beginning still holds
 * at the end, unless it was received by another at the same time.
 */
final class Receptions {

  private final Map<String, Reception> byUid = new HashMap<>();

  /** One or more receptions under a UID that overlap. */
  final class Reception implements AutoCloseable {

    private final String sopInstanceUid;
    private int count;
    private boolean shared;

    private Reception(String sopInstanceUid) {
      this.sopInstanceUid = sopInstanceUid;
    }

    /** Whether another reception under the UID has overlapped with this one so far. */
    boolean isShared() {
      synchronized (byUid) {
        return shared;
      }
    }

    @Override
    public void close() {
      synchronized (byUid) {
        if (--count == 0) {
          byUid.remove(sopInstanceUid);
        }
      }
    }
  }

  /** Begins one; closing it ends it. */
  Reception begin(String sopInstanceUid) {
    synchronized (byUid) {
      Reception reception = byUid.computeIfAbsent(sopInstanceUid, Reception::new);
      reception.shared |= reception.count > 0;
      reception.count++;
      return reception;
    }
  }
}
