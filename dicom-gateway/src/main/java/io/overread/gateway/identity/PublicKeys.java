package io.overread.gateway.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads public keys: PEM (keys and certificates) and JSON Web Key Sets (RSA and EC, RFC 7517). */
final class PublicKeys {
  private static final long LONGEST_FILE = 1 << 20;
  private static final Pattern SECTION =
      Pattern.compile("-----BEGIN (PUBLIC KEY|CERTIFICATE)-----([^-]*)-----END");

  private PublicKeys() {}

  /**
   * All of a file.
   *
   * @throws GeneralSecurityException when there is none
   */
  static List<PublicKey> read(Path file) throws GeneralSecurityException, IOException {
    if (Files.size(file) > LONGEST_FILE) {
      throw new IOException("too long for a file of keys");
    }
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    List<PublicKey> keys = text.stripLeading().startsWith("{") ? keySet(text) : pem(text);
    if (keys.isEmpty()) {
      throw new InvalidKeySpecException("no RSA or EC public key in the file");
    }
    return keys;
  }

  private static List<PublicKey> pem(String text) throws GeneralSecurityException {
    List<PublicKey> keys = new ArrayList<>();
    for (Matcher section = SECTION.matcher(text); section.find(); ) {
      byte[] content;
      try {
        content = Base64.getMimeDecoder().decode(section.group(2));
      } catch (IllegalArgumentException e) {
        throw new InvalidKeySpecException("a PEM section that is not base64", e);
      }
      keys.add(
          section.group(1).equals("CERTIFICATE")
              ? CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(content))
                  .getPublicKey()
              : publicKey(content));
    }
    return keys;
  }

  private static PublicKey publicKey(byte[] content) throws GeneralSecurityException {
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(content));
      } catch (InvalidKeySpecException e) {
        // Not of this algorithm.
      }
    }
    throw new InvalidKeySpecException("a public key that is neither RSA nor EC nor EdDSA");
  }

  private static List<PublicKey> keySet(String text) throws GeneralSecurityException {
    List<PublicKey> keys = new ArrayList<>();
    try {
      for (JsonNode key : JsonMapper.shared().readTree(text).path("keys")) {
        switch (key.path("kty").asString("")) {
          case "RSA" ->
              keys.add(
                  KeyFactory.getInstance("RSA")
                      .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e"))));
          case "EC" -> keys.add(ellipticCurveKey(key));
          default -> {} // Others in the set are for others.
        }
      }
    } catch (JacksonException | IllegalArgumentException e) {
      throw new InvalidKeySpecException("not a JSON Web Key Set", e);
    }
    return keys;
  }

  private static PublicKey ellipticCurveKey(JsonNode key) throws GeneralSecurityException {
    String curve =
        switch (key.path("crv").asString("")) {
          case "P-256" -> "secp256r1";
          case "P-384" -> "secp384r1";
          case "P-521" -> "secp521r1";
          default -> throw new InvalidKeySpecException("an EC key on an unknown curve");
        };
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(curve));
    ECPoint point = new ECPoint(number(key, "x"), number(key, "y"));
    return KeyFactory.getInstance("EC")
        .generatePublic(
            new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
  }

  private static BigInteger number(JsonNode key, String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(name).asString("")));
  }
}
