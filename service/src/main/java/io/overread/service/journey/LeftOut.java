package io.overread.service.journey;

/**
 * Images of one series that the model is not shown.
 *
 * @param images how many
 * @param reason why not, for people
 */
public record LeftOut(String seriesInstanceUid, int images, String reason) {}
