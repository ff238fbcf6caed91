package io.overread.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.overread.gateway.identity.IdentityVerdict.Confirmed;
import io.overread.gateway.identity.IdentityVerdict.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWebTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final long SECOND = NOW.getEpochSecond();
  private static final String MARY = claims("mary", SECOND + 300);

  private static KeyPair rsa;
  private static KeyPair ec;
  private static KeyPair ed;

  @TempDir Path folder;

  @BeforeAll
  static void drawKeys() throws Exception {
    rsa = keys("RSA", 2048);
    ec = keys("EC", 256);
    ed = keys("Ed25519", 255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "PS256", "ES256", "EdDSA"})
  void a_token_is_believed_that_a_known_key_has_signed(String alg) throws Exception {
    JsonWebTokens tokens = withKeys(pem(rsa) + pem(ec) + pem(ed));

    assertThat(tokens.verify(TestToken.signed(keyFor(alg).getPrivate(), alg, MARY)))
        .isEqualTo(new Confirmed("mary"));
  }

  @Test
  void keys_may_come_as_a_key_set() throws Exception {
    RSAPublicKey rsaKey = (RSAPublicKey) rsa.getPublic();
    ECPublicKey ecKey = (ECPublicKey) ec.getPublic();
    String set =
        """
        {"keys":[{"kty":"oct","k":"AAAA"},
          {"kty":"RSA","n":"%s","e":"%s"},
          {"kty":"EC","crv":"P-256","x":"%s","y":"%s"}]}
        """
            .formatted(
                TestToken.encode(rsaKey.getModulus().toByteArray()),
                TestToken.encode(rsaKey.getPublicExponent().toByteArray()),
                TestToken.encode(ecKey.getW().getAffineX().toByteArray()),
                TestToken.encode(ecKey.getW().getAffineY().toByteArray()));
    JsonWebTokens tokens = withKeys(set);

    assertThat(tokens.verify(TestToken.signed(rsa.getPrivate(), "RS256", MARY)))
        .isEqualTo(new Confirmed("mary"));
    assertThat(tokens.verify(TestToken.signed(ec.getPrivate(), "ES256", MARY)))
        .isEqualTo(new Confirmed("mary"));
  }

  @Test
  void new_keys_hold_from_the_next_token_on() throws Exception {
    JsonWebTokens tokens = withKeys(pem(rsa));
    String token = TestToken.signed(ec.getPrivate(), "ES256", MARY);
    assertThat(tokens.verify(token)).isInstanceOf(Refused.class);

    Files.writeString(folder.resolve("keys"), pem(ec));

    assertThat(tokens.verify(token)).isEqualTo(new Confirmed("mary"));
  }

  @Test
  void a_signature_of_another_key_or_over_other_claims_or_none_is_refused() throws Exception {
    JsonWebTokens tokens = withKeys(pem(rsa));
    String token = TestToken.signed(rsa.getPrivate(), "RS256", MARY);
    String[] parts = token.split("\\.");
    String others = TestToken.encode(claims("admin", SECOND + 300));
    String none = TestToken.encode("{\"alg\":\"none\"}");

    assertThat(tokens.verify(parts[0] + "." + others + "." + parts[2])).isInstanceOf(Refused.class);
    assertThat(tokens.verify(none + "." + parts[1] + ".")).isInstanceOf(Refused.class);
    assertThat(tokens.verify(TestToken.signed(keys("RSA", 2048).getPrivate(), "RS256", MARY)))
        .isInstanceOf(Refused.class);
    // A signature with another algorithm than the header names.
    String pss = TestToken.encode("{\"alg\":\"PS256\"}");
    assertThat(tokens.verify(pss + "." + parts[1] + "." + parts[2])).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'sub':'mary'}; never expires",
        "{'sub':'mary','exp':%1$s}; expired",
        "{'sub':'mary','exp':%2$s,'nbf':%2$s}; not valid yet",
        "{'exp':%2$s}; no subject",
        "{'sub':'mary','exp':1e300}; never expires",
        "{'sub':'mary','exp':'%2$s'}; never expires"
      })
  void claims_that_do_not_hold_are_refused(String claims, String why) throws Exception {
    String text = claims.replace('\'', '"').formatted(SECOND - 61, SECOND + 300);

    assertThat(withKeys(pem(rsa)).verify(TestToken.signed(rsa.getPrivate(), "RS256", text)))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.cause()).contains(why));
  }

  @Test
  void issuer_and_audience_must_be_those_of_the_settings() throws Exception {
    Path keys = Files.writeString(folder.resolve("keys"), pem(rsa));
    JsonWebTokens tokens =
        new JsonWebTokens(
            new IdentityProperties.Jwt(keys, "https://idp", "overread"),
            Clock.fixed(NOW, ZoneOffset.UTC));
    String right =
        "{\"sub\":\"m\",\"exp\":%d,\"iss\":\"https://idp\",\"aud\":[\"x\",\"overread\"]}";

    assertThat(
            tokens.verify(TestToken.signed(rsa.getPrivate(), "RS256", right.formatted(SECOND + 9))))
        .isEqualTo(new Confirmed("m"));
    for (String wrong :
        new String[] {right.replace("idp", "other"), right.replace("overread", "other"), MARY}) {
      assertThat(
              tokens.verify(
                  TestToken.signed(rsa.getPrivate(), "RS256", wrong.formatted(SECOND + 9))))
          .isInstanceOf(Refused.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b.c", "e30.e30.e30", "W10.W10.W10", "....", "é.é.é"})
  void noise_is_refused(String noise) throws Exception {
    assertThat(withKeys(pem(rsa)).verify(noise)).isInstanceOf(Refused.class);
  }

  @Test
  void a_file_without_keys_is_refused_at_the_start() {
    assertThatIllegalStateException().isThrownBy(() -> withKeys("nothing"));
    assertThatIllegalStateException().isThrownBy(() -> withKeys("{\"keys\":[]}"));
    assertThatIllegalStateException().isThrownBy(() -> withKeys("{"));
  }

  private JsonWebTokens withKeys(String content) throws Exception {
    Path file = Files.writeString(folder.resolve("keys"), content);
    return new JsonWebTokens(
        new IdentityProperties.Jwt(file, null, null), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static String claims(String subject, long expires) {
    return "{\"sub\":\"" + subject + "\",\"exp\":" + expires + "}";
  }

  private static KeyPair keyFor(String alg) {
    return switch (alg) {
      case "ES256" -> ec;
      case "EdDSA" -> ed;
      default -> rsa;
    };
  }

  private static KeyPair keys(String algorithm, int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static String pem(KeyPair pair) {
    return TestToken.pem(pair.getPublic());
  }
}
