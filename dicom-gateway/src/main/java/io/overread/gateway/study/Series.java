package io.overread.gateway.study;

/**
 * A series of a study.
 *
 * @param instanceCount how many instances of it are stored
 */
public record Series(
    String studyInstanceUid,
    String seriesInstanceUid,
    SeriesAttributes attributes,
    int instanceCount) {}
