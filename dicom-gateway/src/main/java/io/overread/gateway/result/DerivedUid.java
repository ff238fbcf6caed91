package io.overread.gateway.result;

import io.overread.dicom.data.UidGenerator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * UIDs that follow from what they name, so that the same thing has the same one everywhere: a UUID
 * of version 8 (RFC 9562 5.8) from a SHA-256 digest, as a UID (PS3.5 B.2).
 */
final class DerivedUid {

  private DerivedUid() {}

  static String of(String... names) {
    byte[] digest = digest(String.join("\0", names));
    ByteBuffer bytes = ByteBuffer.wrap(digest);
    long high = bytes.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x8000L;
    long low = bytes.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
    return UidGenerator.of(new UUID(high, low));
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
