package io.overread.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the chain as it stands in the table.
 *
 * @param sequence 1 for the first, without gaps
 * @param recordedAt to the microsecond
 * @param action name of an {@link AuditAction}
 * @param outcome name of an {@link Outcome}
 * @param actor who did it
 * @param studyInstanceUid the study concerned, if any
 * @param subject what else it concerned, if any
 * @param detail a JSON object, its keys in order
 * @param previousDigest hexadecimal SHA-256 of the entry before; zeros for the first
 * @param digest hexadecimal SHA-256 of this entry, see {@link EntryDigest}
 */
public record AuditEntry(
    long sequence,
    Instant recordedAt,
    String action,
    String outcome,
    String actor,
    @Nullable String studyInstanceUid,
    @Nullable String subject,
    String detail,
    String previousDigest,
    String digest) {}
