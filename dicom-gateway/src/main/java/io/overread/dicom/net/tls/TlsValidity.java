package io.overread.dicom.net.tls;

import java.time.Instant;

/**
 * Until when a certificate in use is valid.
 *
 * @param subject its subject, RFC 2253
 * @param ours whether it is ours, or issued ours; else it is one that we trust
 * @param notAfter the last instant
 */
public record TlsValidity(String subject, boolean ours, Instant notAfter) {}
