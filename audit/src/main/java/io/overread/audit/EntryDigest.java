package io.overread.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The digest of an entry: SHA-256 over the text {@code overread-audit-1}, the previous digest (32
 * bytes), the sequence (8 bytes, big endian), the time in microseconds since 1970 (8 bytes), and
 * then action, outcome, actor, study, subject and detail, each as a length in bytes (4 bytes; -1
 * where there is none) and UTF-8. The lengths keep one field from running into the next.
 */
final class EntryDigest {
  static final String OF_NOTHING = "0".repeat(64);
  private static final byte[] FORM = "overread-audit-1".getBytes(StandardCharsets.US_ASCII);

  private EntryDigest() {}

  /** Digest of the entry's content, whatever its own digest field says. */
  static String of(AuditEntry entry) {
    MessageDigest digest = sha256();
    digest.update(FORM);
    digest.update(HexFormat.of().parseHex(entry.previousDigest()));
    digest.update(
        ByteBuffer.allocate(16)
            .putLong(entry.sequence())
            .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, entry.recordedAt()))
            .array());
    update(digest, entry.action());
    update(digest, entry.outcome());
    update(digest, entry.actor());
    update(digest, entry.studyInstanceUid());
    update(digest, entry.subject());
    update(digest, entry.detail());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, @Nullable String text) {
    if (text == null) {
      digest.update(ByteBuffer.allocate(4).putInt(-1).array());
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
