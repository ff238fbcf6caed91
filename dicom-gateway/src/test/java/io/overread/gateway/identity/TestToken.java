package io.overread.gateway.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;

/** Makes JSON web tokens for tests. */
public final class TestToken {
  private TestToken() {}

  /** A token that the key has signed as {@code alg} says. */
  public static String signed(PrivateKey key, String alg, String claims)
      throws GeneralSecurityException {
    String content = encode("{\"alg\":\"" + alg + "\",\"typ\":\"JWT\"}") + "." + encode(claims);
    Signature signer =
        switch (alg) {
          case "RS256" -> Signature.getInstance("SHA256withRSA");
          case "ES256" -> Signature.getInstance("SHA256withECDSAinP1363Format");
          case "EdDSA" -> Signature.getInstance("EdDSA");
          default -> {
            Signature pss = Signature.getInstance("RSASSA-PSS");
            pss.setParameter(
                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            yield pss;
          }
        };
    signer.initSign(key);
    signer.update(content.getBytes(StandardCharsets.US_ASCII));
    return content + "." + encode(signer.sign());
  }

  static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** A public key as a PEM file. */
  public static String pem(java.security.PublicKey key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key.getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }
}
