package io.overread.service.journey;

import io.overread.gateway.instance.StoredInstance;
import java.nio.file.Path;
import java.time.Instant;

/** Rows of instances, made for tests that read no file. */
final class Stored {
  private static final String DIGEST = "0".repeat(64);

  private Stored() {}

  static StoredInstance image(int number) {
    return new StoredInstance(
        "2.25.1." + number,
        "2.25.1",
        "2.25",
        new StoredInstance.ImageHeader(
            "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.1.2.1", number, 1, 4, 4),
        new StoredInstance.StoredFile(Path.of("none"), DIGEST, DIGEST, 0),
        new StoredInstance.Reception("CT1", Instant.EPOCH, null));
  }
}
