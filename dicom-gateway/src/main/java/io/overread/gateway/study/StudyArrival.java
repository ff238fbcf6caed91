package io.overread.gateway.study;

import java.time.Instant;

/**
 * A new instance of a study, as its header describes where it belongs.
 *
 * @param at when it was received
 */
public record StudyArrival(
    String studyInstanceUid,
    String seriesInstanceUid,
    PatientAttributes patient,
    StudyAttributes study,
    SeriesAttributes series,
    Instant at) {}
