package io.overread.dicom.net.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What TLS has established of a connection.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param cipherSuite by its name in RFC 8446 or RFC 5289
 * @param peerCertificate that the peer proved to have the key of; null when it showed none
 */
public record TlsSession(
    String protocol, String cipherSuite, @Nullable X509Certificate peerCertificate) {

  /** SHA-256 of the DER encoding of a certificate, in lower case hexadecimal. */
  public static String sha256(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException(e); // Every JDK has the one, and it was decoded before.
    }
  }
}
