package io.overread.gateway.identity;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A passcode as it is kept: PBKDF2 with HMAC-SHA-256, written {@code
 * pbkdf2-sha256:ITERATIONS:SALT:HASH}.
 */
public final class PasscodeHash {
  private static final String SCHEME = "pbkdf2-sha256";
  private static final int ITERATIONS = 600_000;
  private static final int FEWEST_ITERATIONS = 10_000;
  private static final int MOST_ITERATIONS = 5_000_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private PasscodeHash(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /** Of a passcode, with new salt. */
  public static PasscodeHash of(String passcode) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return new PasscodeHash(ITERATIONS, salt, derive(passcode, salt, ITERATIONS));
  }

  /**
   * Reads it as it is written.
   *
   * @throws IllegalArgumentException when it is not one; the message holds nothing of it
   */
  public static PasscodeHash valueOf(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 4 || !parts[0].equals(SCHEME) || !parts[1].matches("[0-9]{1,7}")) {
      throw new IllegalArgumentException("a passcode is set as the command 'passcode' prints it");
    }
    int iterations = Integer.parseInt(parts[1]);
    byte[] salt = Base64.getDecoder().decode(parts[2]);
    byte[] hash = Base64.getDecoder().decode(parts[3]);
    if (iterations < FEWEST_ITERATIONS
        || iterations > MOST_ITERATIONS
        || salt.length < SALT_BYTES
        || hash.length != HASH_BYTES) {
      throw new IllegalArgumentException("the hash of a passcode is too weak or too long");
    }
    return new PasscodeHash(iterations, salt, hash);
  }

  /** Whether it is that of the passcode. Takes some tenths of a second. */
  boolean matches(String passcode) {
    return MessageDigest.isEqual(hash, derive(passcode, salt, iterations));
  }

  /** As settings hold it. */
  public String text() {
    Base64.Encoder encoder = Base64.getEncoder();
    return String.join(
        ":",
        SCHEME,
        Integer.toString(iterations),
        encoder.encodeToString(salt),
        encoder.encodeToString(hash));
  }

  /** Not what it is: it must not get into a log. */
  @Override
  public String toString() {
    return SCHEME;
  }

  private static byte[] derive(String passcode, byte[] salt, int iterations) {
    try {
      PBEKeySpec key =
          new PBEKeySpec(passcode.toCharArray(), salt, iterations, HASH_BYTES * Byte.SIZE);
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(key).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // Every JDK has it.
    }
  }
}
