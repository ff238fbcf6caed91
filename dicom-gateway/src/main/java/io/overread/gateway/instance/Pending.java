package io.overread.gateway.instance;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * An instance that is durable under its {@link HeldName}, and whose row is still to come.
 *
 * @param held where its bytes are
 * @param place where they get a second name before the row is written
 * @param entered ends when its row and audit entry are committed, or can't be
 */
record Pending(
    StoredInstance instance,
    InstanceHeader header,
    Arrival arrival,
    Path held,
    StoredPath place,
    CompletableFuture<Void> entered) {

  String sopInstanceUid() {
    return instance.sopInstanceUid();
  }

  long bytes() {
    return instance.file().sizeBytes();
  }
}
