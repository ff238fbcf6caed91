package io.overread.gateway.commitment;

import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.instance.StoredInstances;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out whether instances are really held: the row, and every byte of the file against the
 * digest with which it was stored.
 */
final class Verification {

  /** Failure Reasons, PS3.3 C.14.1.1. */
  private static final int PROCESSING_FAILURE = 0x0110;

  private static final int NO_SUCH_OBJECT_INSTANCE = 0x0112;
  private static final int CLASS_INSTANCE_CONFLICT = 0x0119;

  private final StoredInstances instances;

  Verification(StoredInstances instances) {
    this.instances = instances;
  }

  /** Failure Reason (0008,1197) of each that we can't commit to, by SOP Instance UID. */
  Map<String, Integer> failures(List<InstanceReference> references) {
    Map<String, Integer> failures = new LinkedHashMap<>();
    for (InstanceReference reference : references) {
      int reason = reason(reference);
      if (reason != 0) {
        failures.put(reference.sopInstanceUid(), reason);
      }
    }
    return failures;
  }

  /** How many bytes would have to be read. */
  long sizeBytes(List<InstanceReference> references) {
    return references.stream()
        .flatMap(reference -> instances.find(reference.sopInstanceUid()).stream())
        .filter(StoredInstance::isHere)
        .mapToLong(instance -> instance.file().sizeBytes())
        .sum();
  }

  private int reason(InstanceReference reference) {
    Optional<StoredInstance> found = instances.find(reference.sopInstanceUid());
    if (found.isEmpty() || found.get().file().deletedAt() != null) {
      return NO_SUCH_OBJECT_INSTANCE;
    }
    if (!found.get().sopClassUid().equals(reference.sopClassUid())) {
      return CLASS_INSTANCE_CONFLICT;
    }
    return isWhole(found.get()) ? 0 : PROCESSING_FAILURE;
  }

  private static boolean isWhole(StoredInstance instance) {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(instance.path()), digest)) {
      byte[] buffer = new byte[1 << 16];
      while (in.read(buffer) >= 0) {
        // Reading is what makes the digest.
      }
    } catch (IOException e) {
      return false;
    }
    return HexFormat.of().formatHex(digest.digest()).equals(instance.file().fileDigest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every JDK has it.
    }
  }
}
