package io.overread.dicom.net.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** The sections of a PEM file, RFC 7468. */
final class PemFile {
  private static final Pattern SECTION =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----([^-]*)-----END \\1-----");

  private record Section(String label, byte[] content) {}

  private final List<Section> sections;

  private PemFile(List<Section> sections) {
    this.sections = sections;
  }

  /** Whether the bytes look like PEM, not like the DER of a PKCS #12 file. */
  static boolean isPem(byte[] file) {
    return new String(file, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
  }

  static PemFile parse(byte[] file) throws GeneralSecurityException {
    List<Section> sections = new ArrayList<>();
    Matcher matcher = SECTION.matcher(new String(file, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      try {
        byte[] content = Base64.getMimeDecoder().decode(matcher.group(2));
        sections.add(new Section(matcher.group(1), content));
      } catch (IllegalArgumentException e) {
        throw new GeneralSecurityException("a PEM section that is not base64", e);
      }
    }
    return new PemFile(sections);
  }

  List<X509Certificate> certificates() throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> certificates = new ArrayList<>();
    for (Section section : sections) {
      if (section.label().equals("CERTIFICATE")) {
        certificates.add(
            (X509Certificate)
                factory.generateCertificate(new java.io.ByteArrayInputStream(section.content())));
      }
    }
    return certificates;
  }

  /** The first private key. */
  PrivateKey privateKey(@Nullable String password) throws GeneralSecurityException {
    for (Section section : sections) {
      switch (section.label()) {
        case "PRIVATE KEY" -> {
          return decode(new PKCS8EncodedKeySpec(section.content()));
        }
        case "ENCRYPTED PRIVATE KEY" -> {
          return decode(decrypt(section.content(), password));
        }
        case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
            throw new InvalidKeySpecException(
                "a key in the old PEM form; convert it with: openssl pkey -in OLD -out NEW");
        default -> {}
      }
    }
    throw new InvalidKeySpecException("no private key in the PEM file");
  }

  private static PKCS8EncodedKeySpec decrypt(byte[] content, @Nullable String password)
      throws GeneralSecurityException {
    if (password == null) {
      throw new InvalidKeySpecException("the private key is encrypted and there is no password");
    }
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(content);
      // PBES2 names what it consists of in its parameters, as the JDK's factory wants it.
      String algorithm =
          info.getAlgName().equals("PBES2")
              ? info.getAlgParameters().toString()
              : info.getAlgName();
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(password.toCharArray())),
          info.getAlgParameters());
      return info.getKeySpec(cipher);
    } catch (java.io.IOException e) {
      throw new InvalidKeySpecException("not an encrypted PKCS #8 key", e);
    }
  }

  private static PrivateKey decode(PKCS8EncodedKeySpec key) throws GeneralSecurityException {
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(key);
      } catch (InvalidKeySpecException e) {
        // Not of this algorithm.
      }
    }
    throw new InvalidKeySpecException("a private key that is neither RSA nor EC nor EdDSA");
  }
}
