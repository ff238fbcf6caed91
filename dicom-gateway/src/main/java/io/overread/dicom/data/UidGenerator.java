package io.overread.dicom.data;

import java.math.BigInteger;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes UIDs from UUIDs (PS3.5 B.2: 2.25 and the UUID as a decimal number). */
public final class UidGenerator {

  private static final String ROOT = "2.25.";

  private final Supplier<UUID> uuids;

  /**
   * @param uuids such as {@code UUID::randomUUID}
   */
  public UidGenerator(Supplier<UUID> uuids) {
    this.uuids = uuids;
  }

  public String next() {
    return of(uuids.get());
  }

  /** The UID of a UUID, at most 44 characters. */
  public static String of(UUID uuid) {
    BigInteger high = new BigInteger(Long.toUnsignedString(uuid.getMostSignificantBits()));
    BigInteger low = new BigInteger(Long.toUnsignedString(uuid.getLeastSignificantBits()));
    return ROOT + high.shiftLeft(Long.SIZE).or(low);
  }
}
