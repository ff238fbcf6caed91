package io.overread.gateway.retention;

import java.time.Instant;

/**
 * That the images of a study must stay.
 *
 * @param reason why, in the words of who said so
 * @param by who, as the audit trail names actors
 */
public record Hold(String reason, String by, Instant at) {}
