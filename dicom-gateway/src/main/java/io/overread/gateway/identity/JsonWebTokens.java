package io.overread.gateway.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Verifies signed JSON web tokens, RFC 7519 and RFC 7515. Only signatures with a public key count:
 * neither {@code none} nor one made with a shared secret.
 */
final class JsonWebTokens {
  private static final int LONGEST = 16 * 1024;
  private static final int LONGEST_SUBJECT = 256;

  /** How far the clock of the issuer may be from ours. */
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

  private static final JsonMapper JSON = JsonMapper.shared();

  private final IdentityProperties.Jwt settings;
  private final Clock clock;

  /**
   * With the keys of a file, which is read again for every token: it may change.
   *
   * @throws IllegalStateException when the file can't be used
   */
  JsonWebTokens(IdentityProperties.Jwt settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    try {
      PublicKeys.read(settings.keys());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(
          "can't verify JSON web tokens with " + settings.keys() + ": " + e.getMessage(), e);
    }
  }

  IdentityVerdict verify(String token) {
    String[] parts = token.strip().split("\\.", -1);
    if (token.length() > LONGEST || parts.length != 3) {
      return refused("is not one");
    }
    try {
      JsonNode header = JSON.readTree(decode(parts[0]));
      String algorithm = header.path("alg").asString("");
      if (header.has("crit")) {
        return refused("wants what we don't know");
      }
      byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
      if (!isSigned(algorithm, signed, decode(parts[2]))) {
        return refused("has no signature of a key that we know");
      }
      return claims(JSON.readTree(decode(parts[1])));
    } catch (JacksonException | IllegalArgumentException e) {
      return refused("is not one");
    } catch (GeneralSecurityException | IOException e) {
      return refused("can't be verified: " + e.getMessage());
    }
  }

  private boolean isSigned(String algorithm, byte[] signed, byte[] signature)
      throws GeneralSecurityException, IOException {
    SignatureAlgorithm known = SignatureAlgorithm.named(algorithm).orElse(null);
    if (known == null) {
      return false;
    }
    for (PublicKey key : PublicKeys.read(settings.keys())) {
      if (known.fits(key) && isSigned(known.verifier(key), signed, signature)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSigned(Signature verifier, byte[] signed, byte[] signature) {
    try {
      verifier.update(signed);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // Of another length than signatures of this key.
    }
  }

  private IdentityVerdict claims(JsonNode claims) {
    Instant now = clock.instant();
    Instant expires = time(claims, "exp");
    Instant notBefore = time(claims, "nbf");
    String subject = claims.path("sub").asString("");
    if (expires == null) {
      return refused("never expires");
    }
    if (!now.isBefore(expires.plus(CLOCK_SKEW))) {
      return refused("has expired");
    }
    if (notBefore != null && now.plus(CLOCK_SKEW).isBefore(notBefore)) {
      return refused("is not valid yet");
    }
    if (settings.issuer() != null && !settings.issuer().equals(claims.path("iss").asString(""))) {
      return refused("is of another issuer");
    }
    if (settings.audience() != null && !audience(claims).contains(settings.audience())) {
      return refused("is for another audience");
    }
    return subject.isEmpty() || subject.length() > LONGEST_SUBJECT
        ? refused("names no subject")
        : new IdentityVerdict.Confirmed(subject);
  }

  private static @Nullable Instant time(JsonNode claims, String name) {
    JsonNode value = claims.path(name);
    // Beyond the year 9999, time is no number that an Instant must hold.
    return value.isNumber() && value.asDouble() >= 0 && value.asDouble() < 253_402_300_800.0
        ? Instant.ofEpochSecond((long) value.asDouble())
        : null;
  }

  private static List<String> audience(JsonNode claims) {
    JsonNode audience = claims.path("aud");
    return audience.isArray()
        ? audience.valueStream().map(value -> value.asString("")).toList()
        : List.of(audience.asString(""));
  }

  private static byte[] decode(String part) {
    return Base64.getUrlDecoder().decode(part);
  }

  private static IdentityVerdict refused(String why) {
    return new IdentityVerdict.Refused("a JSON web token that " + why);
  }
}
