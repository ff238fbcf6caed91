package io.overread.dicom.net.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;

/** Issues certificates for tests, with keys that are drawn anew. */
public final class TestIssuer {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final byte[] ECDSA_WITH_SHA256 =
      der(0x30, der(0x06, bytes(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02)));
  private final KeyPair keys;
  private final X500Principal name;
  private final X509Certificate certificate;

  /** A certificate and the key of it. */
  public record Identity(PrivateKey key, X509Certificate certificate) {
    /** The key as a PEM file. */
    public Path writeKey(Path file) throws IOException {
      return Files.writeString(file, pem("PRIVATE KEY", key.getEncoded()));
    }

    /** The certificate as a PEM file. */
    public Path writeCertificate(Path file) throws IOException, GeneralSecurityException {
      return Files.writeString(file, pem("CERTIFICATE", certificate.getEncoded()));
    }

    /** Both as a PKCS #12 file. */
    public Path writeStore(Path file, String password)
        throws IOException, GeneralSecurityException {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("x", key, password.toCharArray(), new Certificate[] {certificate});
      try (OutputStream out = Files.newOutputStream(file)) {
        store.store(out, password.toCharArray());
      }
      return file;
    }

    /** As files of a folder, with whom it trusts. */
    public TlsFiles in(Path folder, TestIssuer trusted)
        throws IOException, GeneralSecurityException {
      Files.createDirectories(folder);
      return new TlsFiles(
          writeKey(folder.resolve("key.pem")),
          writeCertificate(folder.resolve("certificate.pem")),
          trusted.write(folder.resolve("trust.pem")),
          null);
    }
  }

  private TestIssuer(String name) throws GeneralSecurityException {
    this.keys = ellipticCurveKeys();
    this.name = new X500Principal("CN=" + name);
    this.certificate =
        sign(
            this.name,
            keys,
            Instant.now().plus(30, ChronoUnit.DAYS),
            bytes(0x30, 0x03, 1, 1, 0xFF));
  }

  public static TestIssuer named(String name) throws GeneralSecurityException {
    return new TestIssuer(name);
  }

  /** The certificate of the issuer as a PEM file. */
  public Path write(Path file) throws IOException, GeneralSecurityException {
    return new Identity(keys.getPrivate(), certificate).writeCertificate(file);
  }

  /** An identity for localhost. */
  public Identity issue(String commonName) throws GeneralSecurityException {
    return issue(commonName, "localhost", ellipticCurveKeys(), 30);
  }

  /** The same with an RSA key. */
  public Identity issueRsa(String commonName, int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return issue(commonName, "localhost", generator.generateKeyPair(), 30);
  }

  /** An identity for another host. */
  public Identity issueFor(String host) throws GeneralSecurityException {
    return issue(host, host, ellipticCurveKeys(), 30);
  }

  /** One that is no longer valid. */
  public Identity issueExpired(String commonName) throws GeneralSecurityException {
    return issue(commonName, "localhost", ellipticCurveKeys(), -1);
  }

  private Identity issue(String commonName, String host, KeyPair pair, int days)
      throws GeneralSecurityException {
    byte[] names = der(0x30, der(0x82, host.getBytes(StandardCharsets.US_ASCII)));
    byte[] subjectAlternativeName = der(0x30, der(0x06, bytes(0x55, 0x1D, 0x11)), der(0x04, names));
    X500Principal subject = new X500Principal("CN=" + commonName + ",O=Clinic");
    Instant notAfter = Instant.now().plus(days, ChronoUnit.DAYS);
    return new Identity(pair.getPrivate(), sign(subject, pair, notAfter, subjectAlternativeName));
  }

  private X509Certificate sign(
      X500Principal subject, KeyPair subjectKeys, Instant notAfter, byte[] extension)
      throws GeneralSecurityException {
    boolean issuer = subjectKeys == keys;
    byte[] extensions =
        issuer
            ? der(
                0x30,
                der(0x06, bytes(0x55, 0x1D, 0x13)),
                bytes(0x01, 0x01, 0xFF),
                der(0x04, extension))
            : extension;
    byte[] content =
        der(
            0x30,
            der(0xA0, bytes(2, 1, 2)),
            der(0x02, new BigInteger(63, new SecureRandom()).add(BigInteger.ONE).toByteArray()),
            ECDSA_WITH_SHA256,
            name.getEncoded(),
            der(0x30, time(Instant.now().minus(2, ChronoUnit.DAYS)), time(notAfter)),
            subject.getEncoded(),
            subjectKeys.getPublic().getEncoded(),
            der(0xA3, der(0x30, extensions)));
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(keys.getPrivate());
    signer.update(content);
    byte[] certificateBytes =
        der(0x30, content, ECDSA_WITH_SHA256, der(0x03, bytes(0), signer.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(certificateBytes));
  }

  private static KeyPair ellipticCurveKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static byte[] time(Instant instant) {
    return der(0x18, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  static String pem(String label, byte[] content) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    int length = content.size();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      out.writeBytes(length < 0x100 ? bytes(0x81, length) : bytes(0x82, length >> 8, length));
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
