package io.overread.dicom.net.tls;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which certificate of ours is in use.
 *
 * @param subject its subject, RFC 2253
 * @param sha256 of its DER encoding, in hexadecimal
 * @param notAfter until when it is valid
 * @param failure why what the files hold now is not used instead; null where it is
 */
public record TlsStatus(
    String subject, String sha256, Instant notAfter, @Nullable String failure) {}
