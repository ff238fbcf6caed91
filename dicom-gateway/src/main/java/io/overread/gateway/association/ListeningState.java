package io.overread.gateway.association;

import io.overread.dicom.net.tls.TlsStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway listens now.
 *
 * @param aeTitle ours
 * @param listeners where; none while it doesn't
 * @param associations how many are established
 * @param maximumAssociations how many may be
 * @param waiting how many wait for one of them to end
 * @param certificate ours; null without TLS
 */
public record ListeningState(
    String aeTitle,
    List<Listener> listeners,
    int associations,
    int maximumAssociations,
    int waiting,
    @Nullable Certificate certificate) {

  /**
   * One of the ports.
   *
   * @param address bound to
   * @param port of it
   * @param tls whether over TLS
   */
  public record Listener(String address, int port, boolean tls) {}

  /**
   * Our certificate.
   *
   * @param subject RFC 2253
   * @param sha256 of it, in hexadecimal
   * @param notAfter until when it is valid
   * @param failure why what the files hold now is not used instead; null where it is
   */
  public record Certificate(
      String subject, String sha256, Instant notAfter, @Nullable String failure) {
    static Certificate of(TlsStatus status) {
      return new Certificate(
          status.subject(), status.sha256(), status.notAfter(), status.failure());
    }
  }
}
