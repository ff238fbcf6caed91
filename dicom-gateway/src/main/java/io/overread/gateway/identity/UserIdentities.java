package io.overread.gateway.identity;

import io.overread.dicom.net.pdu.Bytes;
import io.overread.dicom.net.pdu.UserIdentity;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the user identity of an association, PS3.7 D.3.3.7: a user name, a user name with its
 * passcode, or a JSON web token. For many threads.
 */
public final class UserIdentities {
  private static final IdentityVerdict UNKNOWN = new IdentityVerdict.Unknown();

  /** What an unknown user is compared with, so that the answer takes as long as for a known one. */
  private static final PasscodeHash NOBODY =
      PasscodeHash.valueOf(
          "pbkdf2-sha256:600000:AAAAAAAAAAAAAAAAAAAAAA==:"
              + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");

  private static final String MAC = "HmacSHA256";

  private final Map<String, IdentityProperties.User> users = new HashMap<>();
  private final @Nullable JsonWebTokens tokens;

  /** Hashing is slow on purpose, and must not keep all processors busy. */
  private final Semaphore hashing = new Semaphore(1);

  /** A modality associates for every image: of each user, the passcode that was right last. */
  private final Map<String, Bytes> verified = new ConcurrentHashMap<>();

  private final SecretKeySpec processKey;

  /** With the users and keys of the settings. */
  public UserIdentities(IdentityProperties properties, Clock clock) {
    properties.users().values().forEach(user -> users.put(user.name(), user));
    this.tokens = properties.jwt() == null ? null : new JsonWebTokens(properties.jwt(), clock);
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    this.processKey = new SecretKeySpec(key, MAC);
  }

  /** What is known of the user that a peer claims to have; null where it claims none. */
  public IdentityVerdict verify(@Nullable UserIdentity claim) {
    if (claim == null || (users.isEmpty() && tokens == null)) {
      return UNKNOWN;
    }
    return switch (claim.type()) {
      case USERNAME -> named(claim.primaryField().asUtf8());
      case USERNAME_AND_PASSCODE ->
          withPasscode(claim.primaryField().asUtf8(), claim.secondaryField().asUtf8());
      case JWT ->
          tokens == null
              ? new IdentityVerdict.Refused("no keys for JSON web tokens are set")
              : tokens.verify(claim.primaryField().asUtf8());
      case KERBEROS, SAML ->
          new IdentityVerdict.Refused("identities of type " + claim.type() + " are not verified");
    };
  }

  private IdentityVerdict named(String name) {
    IdentityProperties.User user = users.get(name);
    if (user == null) {
      return new IdentityVerdict.Refused("an unknown user");
    }
    return user.passcode() == null
        ? new IdentityVerdict.Confirmed(name)
        : new IdentityVerdict.Refused("a user without the passcode it must have");
  }

  private IdentityVerdict withPasscode(String name, String passcode) {
    IdentityProperties.User user = users.get(name);
    PasscodeHash hash = user == null ? null : user.hash();
    Bytes mac = mac(passcode);
    Bytes last = verified.get(name);
    if (last != null && last.equals(mac)) {
      return new IdentityVerdict.Confirmed(name);
    }
    if (!matches(hash == null ? NOBODY : hash, passcode) || hash == null) {
      return new IdentityVerdict.Refused("an unknown user or a wrong passcode");
    }
    verified.put(name, mac);
    return new IdentityVerdict.Confirmed(name);
  }

  private boolean matches(PasscodeHash hash, String passcode) {
    hashing.acquireUninterruptibly();
    try {
      return hash.matches(passcode);
    } finally {
      hashing.release();
    }
  }

  private Bytes mac(String passcode) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(processKey);
      return Bytes.of(mac.doFinal(Bytes.utf8(passcode).toByteArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // Every JDK has it.
    }
  }
}
