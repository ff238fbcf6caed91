package io.overread.gateway.peer;

import io.overread.dicom.net.tls.TlsSession;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Which certificate a peer shows: that with a SHA-256 fingerprint, or any with a subject that an
 * issuer we trust has signed. One of the two is null.
 *
 * @param sha256 of the DER encoding, 64 digits of lower case hexadecimal
 * @param subject compared as RFC 2253 says, whatever the spacing and case
 */
public record CertificateMatch(@Nullable String sha256, @Nullable X500Principal subject) {

  /** Reads a fingerprint, with colons or without, or a subject such as {@code CN=ct1,O=Clinic}. */
  public static CertificateMatch valueOf(String text) {
    if (text.contains("=")) {
      return new CertificateMatch(null, new X500Principal(text));
    }
    String digits = text.replace(":", "").toLowerCase(Locale.ROOT);
    if (!digits.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "a certificate is named by its subject or its SHA-256 fingerprint");
    }
    return new CertificateMatch(digits, null);
  }

  /** Whether that is the one. */
  public boolean matches(X509Certificate certificate) {
    return sha256 != null
        ? sha256.equals(TlsSession.sha256(certificate))
        : certificate.getSubjectX500Principal().equals(subject);
  }
}
