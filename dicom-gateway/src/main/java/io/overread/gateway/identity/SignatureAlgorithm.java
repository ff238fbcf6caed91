package io.overread.gateway.identity;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/** The signatures of RFC 7518 3.1 and RFC 8037 that are made with a private key. */
enum SignatureAlgorithm {
  RS256("SHA256withRSA", 2048),
  RS384("SHA384withRSA", 2048),
  RS512("SHA512withRSA", 2048),
  PS256("SHA-256", 2048),
  PS384("SHA-384", 2048),
  PS512("SHA-512", 2048),
  ES256("SHA256withECDSAinP1363Format", 256),
  ES384("SHA384withECDSAinP1363Format", 384),
  ES512("SHA512withECDSAinP1363Format", 521),
  EDDSA("EdDSA", 255);

  private final String jdkName;
  private final int keyBits;

  SignatureAlgorithm(String jdkName, int keyBits) {
    this.jdkName = jdkName;
    this.keyBits = keyBits;
  }

  static Optional<SignatureAlgorithm> named(String name) {
    return Arrays.stream(values())
        .filter(algorithm -> name.equals(algorithm == EDDSA ? "EdDSA" : algorithm.name()))
        .findFirst();
  }

  /** Whether a key is of the kind and length that it is used with. */
  boolean fits(PublicKey key) {
    return switch (this) {
      case RS256, RS384, RS512, PS256, PS384, PS512 ->
          key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= keyBits;
      case ES256, ES384, ES512 ->
          key instanceof ECPublicKey ec
              && ec.getParams().getCurve().getField().getFieldSize() == keyBits;
      case EDDSA -> key instanceof EdECPublicKey;
    };
  }

  Signature verifier(PublicKey key) throws GeneralSecurityException {
    Signature verifier;
    switch (this) {
      case PS256, PS384, PS512 -> {
        verifier = Signature.getInstance("RSASSA-PSS");
        int saltBytes = Integer.parseInt(jdkName.substring(4)) / Byte.SIZE;
        verifier.setParameter(
            new PSSParameterSpec(jdkName, "MGF1", new MGF1ParameterSpec(jdkName), saltBytes, 1));
      }
      default -> verifier = Signature.getInstance(jdkName);
    }
    verifier.initVerify(key);
    return verifier;
  }
}
