package io.overread.gateway.study;

import java.time.Instant;

/**
 * One completed revision of a study: nothing new came for the quiet time.
 *
 * @param revision from 1; the revision that this completion made
 * @param instanceCount how many instances the revision holds
 * @param newInstanceCount how many of them no earlier revision held
 * @param completedAt when the revision was closed
 */
public record CompleteStudy(
    String studyInstanceUid,
    int revision,
    int instanceCount,
    int newInstanceCount,
    Instant completedAt) {}
